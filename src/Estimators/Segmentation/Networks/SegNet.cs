using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// SegNet (Badrinarayanan, Kendall and Cipolla, 2015, https://arxiv.org/abs/1511.00561): the 13 convolutions of a VGG-16 with batch
/// norm, max pooling that remembers where the maxima were, and their mirror image, which puts the values back to those places.
/// The way down has the keys of torchvision's <c>vgg16_bn</c>, whose weights load into it; as there, its convolutions have biases
/// that batch norm makes idle. The last convolution makes the classes and has no batch norm.
/// </summary>
internal sealed class SegNet : SegmentationNetwork, ISegmentationNetwork<SegNet>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> features;
    private readonly MaxUnpool2d unpool;
    private readonly ModuleList<Sequential> decoder;

    private SegNet(SegmentationNetworkInput input)
        : base(nameof(SegNet), stride: 32, minimumSize: 32)
    {
        features = new();
        long channels = input.Channels;
        foreach (var (convolutions, width) in new[] { (2, 64L), (2, 128L), (3, 256L), (3, 512L), (3, 512L) })
        {
            for (var i = 0; i < convolutions; i++)
            {
                features.append(Convolution(channels, width));
                channels = width;
            }
            features.Add(nn.MaxPool2d(2));
        }
        unpool = nn.MaxUnpool2d(2);
        decoder = new(
            nn.Sequential([.. Convolution(512, 512), .. Convolution(512, 512), .. Convolution(512, 512)]),
            nn.Sequential([.. Convolution(512, 512), .. Convolution(512, 512), .. Convolution(512, 256)]),
            nn.Sequential([.. Convolution(256, 256), .. Convolution(256, 256), .. Convolution(256, 128)]),
            nn.Sequential([.. Convolution(128, 128), .. Convolution(128, 64)]),
            nn.Sequential([.. Convolution(64, 64), nn.Conv2d(64, input.Classes, kernel_size: 3, padding: 1)]));
        RegisterComponents();
        InitializeConvolutions();

        static nn.Module<Tensor, Tensor>[] Convolution(long from, long to) =>
            [nn.Conv2d(from, to, kernel_size: 3, padding: 1), nn.BatchNorm2d(to), nn.ReLU(inplace: true)];
    }

    public static SegNet Create(SegmentationNetworkInput input) => new(input);

    public override IReadOnlyList<string> ClassLayers => ["decoder.4.3."];

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        var places = new Stack<Tensor>();
        var images = x;
        foreach (var layer in features)
        {
            var finer = x;
            if (layer is MaxPool2d pool)
            {
                (x, var taken) = pool.forward_with_indices(finer);         // (N, width, H/2, W/2), where in (H, W) each was
                places.Push(taken);
            }
            else
            {
                x = layer.call(finer);                                     // (N, width, H, W)
            }
            if (!ReferenceEquals(finer, images))
                finer.Dispose();
        }
        foreach (var stage in decoder)
        {
            using var indices = places.Pop();
            using var coarse = x;
            using var sparse = unpool.call(coarse, indices);               // (N, width, 2H, 2W)
            x = stage.call(sparse);                                        // (N, width or half of it, 2H, 2W)
        }
        return (x, null);                                                  // (N, K, H, W)
    }
}
