using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// SegNet (Badrinarayanan, Kendall and Cipolla, 2015, https://arxiv.org/abs/1511.00561): the 13 convolutions of a VGG-16 with batch
/// norm, max pooling that remembers where the maxima were, and their mirror image, which puts the values back to those places.
/// The way down has the keys of torchvision's <c>vgg16_bn</c>, whose weights load into it; as there, its convolutions have biases
/// that batch norm makes idle. The last convolution makes the classes and has no batch norm.
/// </summary>
internal sealed class SegNet : SegmentationNetwork, ISegmentationNetwork<SegNet>, IConvolutionNorms
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> features;
    private readonly MaxUnpool2d unpool;
    private readonly ModuleList<Sequential> decoder;
    private readonly IReadOnlyList<(LayerSequence Convolutions, MaxPool2d Pool)> _down;
    private readonly IReadOnlyList<LayerSequence> _up;

    private SegNet(SegmentationNetworkInput input)
        : base(nameof(SegNet), stride: 32, minimumSize: 32)
    {
        features = new();
        var down = new List<(LayerSequence, MaxPool2d)>();
        long channels = input.Channels;
        foreach (var (convolutions, width) in new[] { (2, 64L), (2, 128L), (3, 256L), (3, 512L), (3, 512L) })
        {
            var stage = new List<nn.Module<Tensor, Tensor>>();
            for (var i = 0; i < convolutions; i++)
            {
                stage.AddRange(Convolution(channels, width));
                channels = width;
            }
            var pool = nn.MaxPool2d(2);
            features.append([.. stage, pool]);
            down.Add((new(stage), pool));
        }
        _down = down;
        unpool = nn.MaxUnpool2d(2);
        decoder = new(
            nn.Sequential([.. Convolution(512, 512), .. Convolution(512, 512), .. Convolution(512, 512)]),
            nn.Sequential([.. Convolution(512, 512), .. Convolution(512, 512), .. Convolution(512, 256)]),
            nn.Sequential([.. Convolution(256, 256), .. Convolution(256, 256), .. Convolution(256, 128)]),
            nn.Sequential([.. Convolution(128, 128), .. Convolution(128, 64)]),
            nn.Sequential([.. Convolution(64, 64), nn.Conv2d(64, input.Classes, kernel_size: 3, padding: 1)]));
        _up = [.. decoder.Select(LayerSequence.Of)];
        RegisterComponents();
        InitializeConvolutions();

        static nn.Module<Tensor, Tensor>[] Convolution(long from, long to) =>
            [nn.Conv2d(from, to, kernel_size: 3, padding: 1), nn.BatchNorm2d(to), nn.ReLU(inplace: true)];
    }

    public static SegNet Create(SegmentationNetworkInput input) => new(input);

    public override IReadOnlyList<string> ClassLayers => ["decoder.4.3."];

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => _down.Select(stage => stage.Convolutions).Concat(_up).SelectMany(layers => layers.ConvolutionNorms);

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        var places = new Stack<Tensor>();
        var images = x;
        foreach (var (convolutions, pool) in _down)
        {
            using var before = ReferenceEquals(x, images) ? null : x;
            using var finer = convolutions.Call(x);                        // (N, width, H, W)
            (x, var taken) = pool.forward_with_indices(finer);             // (N, width, H/2, W/2), where in (H, W) each was
            places.Push(taken);
        }
        foreach (var stage in _up)
        {
            using var indices = places.Pop();
            using var coarse = x;
            using var sparse = unpool.call(coarse, indices);               // (N, width, 2H, 2W)
            x = stage.Call(sparse);                                        // (N, width or half of it, 2H, 2W)
        }
        return (x, null);                                                  // (N, K, H, W)
    }
}
