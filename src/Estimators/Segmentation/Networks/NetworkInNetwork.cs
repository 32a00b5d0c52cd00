using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// Network in network (Lin, Chen and Yan, 2013, https://arxiv.org/abs/1312.4400) as a segmenter: its CIFAR-10 network, convolutions
/// each followed by two of 1x1 that are a small perceptron at every position. Where the paper averages the last maps into
/// one score a class, they are the scores of the positions here, a quarter of the image in size, and are interpolated. The
/// poolings are padded, so that they halve exactly, and nothing rectifies the scores.
/// </summary>
internal sealed class NetworkInNetwork : SegmentationNetwork, ISegmentationNetwork<NetworkInNetwork>, IConvolutionNorms
{
    private readonly Sequential mlpconv1;
    private readonly Sequential mlpconv2;
    private readonly Sequential mlpconv3;
    private readonly MaxPool2d pool;
    private readonly Dropout dropout;
    private readonly Upsample upsample;
    private readonly LayerSequence _first, _second, _third;

    private NetworkInNetwork(SegmentationNetworkInput input)
        : base(nameof(NetworkInNetwork), stride: 4, minimumSize: 8)
    {
        mlpconv1 = nn.Sequential([.. Layer(input.Channels, 192, 5), .. Layer(192, 160, 1), .. Layer(160, 96, 1)]);
        mlpconv2 = nn.Sequential([.. Layer(96, 192, 5), .. Layer(192, 192, 1), .. Layer(192, 192, 1)]);
        mlpconv3 = nn.Sequential([.. Layer(192, 192, 3), .. Layer(192, 192, 1), nn.Conv2d(192, input.Classes, kernel_size: 1)]);
        pool = nn.MaxPool2d(kernel_size: 3, stride: 2, padding: 1);
        dropout = nn.Dropout(0.5);
        upsample = nn.Upsample(scale_factor: [4, 4], mode: UpsampleMode.Bilinear, align_corners: false);
        (_first, _second, _third) = (LayerSequence.Of(mlpconv1), LayerSequence.Of(mlpconv2), LayerSequence.Of(mlpconv3));
        RegisterComponents();
        InitializeConvolutions();

        static nn.Module<Tensor, Tensor>[] Layer(long from, long to, long kernel) =>
            [nn.Conv2d(from, to, kernel_size: kernel, padding: kernel / 2), nn.ReLU(inplace: true)];
    }

    public static NetworkInNetwork Create(SegmentationNetworkInput input) => new(input);

    public override IReadOnlyList<string> ClassLayers => ["mlpconv3.4."];

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => [.. _first.ConvolutionNorms, .. _second.ConvolutionNorms, .. _third.ConvolutionNorms];

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        x = dropout.call(pool.call(_first.Call(x)));   // (N, 96, H/2, W/2)
        x = dropout.call(pool.call(_second.Call(x)));   // (N, 192, H/4, W/4)
        x = _third.Call(x);                               // (N, K, H/4, W/4)
        return (upsample.call(x), null);                 // (N, K, H, W)
    }
}
