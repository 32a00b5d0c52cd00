using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// A cross-stage partial stage (Wang et al., 2019, https://arxiv.org/abs/1911.11929; in YOLO since YOLOv4): half of the maps pass by, half go
/// through residual blocks of two 3x3 convolutions, and a 1x1 convolution joins them.
/// </summary>
internal sealed class CspStage : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionBlock enter;
    private readonly ModuleList<Sequential> blocks;
    private readonly ConvolutionBlock join;
    private readonly long _half;

    public CspStage(long channels, long width, int depth) : base(nameof(CspStage))
    {
        _half = width / 2;
        enter = new(channels, width, kernel: 1);
        blocks = new([.. Enumerable.Range(0, depth).Select(_ => nn.Sequential(new ConvolutionBlock(_half, _half, 3), new ConvolutionBlock(_half, _half, 3)))]);
        join = new(width, width, kernel: 1);
        RegisterComponents();
    }

    /// <param name="x">(N, channels, H, W).</param>
    /// <returns>(N, width, H, W).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = enter.call(x);                                      // (N, width, H, W)
        var deep = x.narrow(1, _half, _half);                   // (N, width/2, H, W)
        foreach (var block in blocks)
            deep = deep + block.call(deep);
        return join.call(cat([x.narrow(1, 0, _half), deep], 1)).MoveToOuterDisposeScope();
    }
}
