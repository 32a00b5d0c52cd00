using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>A small backbone of strided 3x3 convolutions and CSP stages (YOLOv4's and later's way); its maps double in number where they halve in size.</summary>
internal sealed class CspBackbone : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionBlock stem;
    private readonly ConvolutionBlock down2, down3, down4, down5;
    private readonly CspStage stage2, stage3, stage4, stage5;

    /// <param name="channels">C of the images.</param>
    /// <param name="width">Maps at stride 8.</param>
    /// <param name="depth">Residual blocks of a stage.</param>
    public CspBackbone(long channels, long width, int depth) : base(nameof(CspBackbone))
    {
        stem = new(channels, width / 4, kernel: 3, stride: 2);
        (down2, stage2) = Level(width / 4, width / 2);
        (down3, stage3) = Level(width / 2, width);
        (down4, stage4) = Level(width, 2 * width);
        (down5, stage5) = Level(2 * width, 4 * width);
        Channels = [width, 2 * width, 4 * width];
        RegisterComponents();

        (ConvolutionBlock, CspStage) Level(long from, long to) => (new(from, to, kernel: 3, stride: 2), new(to, to, depth));
    }

    /// <summary>Of the maps of <see cref="Features"/>.</summary>
    public IReadOnlyList<long> Channels { get; }

    /// <returns>The last map.</returns>
    public override Tensor forward(Tensor x) => Features(x)[^1];

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, width, H/8, W/8), (N, 2 width, H/16, W/16), (N, 4 width, H/32, W/32).</returns>
    public IReadOnlyList<Tensor> Features(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = stage2.call(down2.call(stem.call(x)));              // (N, width/2, H/4, W/4)
        var fine = stage3.call(down3.call(x));
        var middle = stage4.call(down4.call(fine));
        var coarse = stage5.call(down5.call(middle));
        return [fine.MoveToOuterDisposeScope(), middle.MoveToOuterDisposeScope(), coarse.MoveToOuterDisposeScope()];
    }
}
