using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// U-Net (Ronneberger, Fischer and Brox, 2015, https://arxiv.org/abs/1505.04597): a way down that halves the maps and doubles
/// their number, a way up that undoes it, each step joined with the maps of the same size. Unlike the paper's, its
/// convolutions are padded, so that the output has the input's size and nothing is cropped; it can have batch norm, which
/// the paper lacks, and no dropout, which the paper has at the bottom; the interpolating way up convolves 1x1, not 2x2.
/// </summary>
internal sealed class UNet : SegmentationNetwork, ISegmentationNetwork<UNet>
{
    private readonly int _patch;
    private readonly ModuleList<DoubleConvolution> encoder;
    private readonly MaxPool2d pool;
    private readonly ModuleList<UpStep> decoder;
    private readonly Conv2d head;

    private UNet(SegmentationNetworkInput input)
        : base(nameof(UNet), stride: input.UNet.PatchSize << input.UNet.Depth, minimumSize: 2 * input.UNet.PatchSize << input.UNet.Depth)
    {
        var options = input.UNet;
        _patch = options.PatchSize;
        var widths = Enumerable.Range(0, options.Depth + 1).Select(level => (long)options.Width << level).ToArray();
        encoder = new([.. widths.Select((width, level) => new DoubleConvolution(level == 0 ? input.Channels * _patch * _patch : widths[level - 1], width, options.BatchNorm))]);
        pool = nn.MaxPool2d(2);
        decoder = new([.. widths[..^1].Reverse().Select(width => new UpStep(2 * width, width, width, width, options))]);
        head = nn.Conv2d(options.Width, input.Classes * _patch * _patch, kernel_size: 1);
        RegisterComponents();
        InitializeConvolutions();
    }

    public static UNet Create(SegmentationNetworkInput input) => new(input);

    public override IReadOnlyList<string> ClassLayers => ["head."];

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        var skips = new Stack<Tensor>();
        if (_patch > 1)
            x = nn.functional.pixel_unshuffle(x, _patch); // (N, C p^2, H/p, W/p); below H and W stand for these
        x = encoder[0].call(x);                       // (N, width, H, W)
        foreach (var level in encoder.Skip(1))
        {
            skips.Push(x);
            x = level.call(pool.call(x));             // (N, 2^l width, H/2^l, W/2^l)
        }
        foreach (var level in decoder)
        {
            using var skip = skips.Pop();
            using var coarse = x;
            x = level.call(coarse, skip);             // (N, 2^l width, H/2^l, W/2^l)
        }
        x = head.call(x);                             // (N, K p^2, H, W)
        return (_patch > 1 ? nn.functional.pixel_shuffle(x, _patch) : x, null);
    }
}
