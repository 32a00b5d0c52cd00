using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// Feature pyramid (Lin et al., 2016, https://arxiv.org/abs/1612.03144; in YOLO since YOLOv3): every level gets the number of maps it should
/// have, the coarser level, enlarged to the nearest pixel, is added, and a 3x3 convolution smooths the sum.
/// </summary>
internal sealed class FeaturePyramid : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<ConvolutionBlock> lateral;
    private readonly ModuleList<ConvolutionBlock> smooth;

    /// <param name="channels">Of the maps, from fine to coarse, each half the size of the one before.</param>
    /// <param name="width">Maps of every level.</param>
    public FeaturePyramid(IReadOnlyList<long> channels, long width) : base(nameof(FeaturePyramid))
    {
        lateral = new([.. channels.Select(c => new ConvolutionBlock(c, width, kernel: 1))]);
        smooth = new([.. channels.Select(_ => new ConvolutionBlock(width, width, kernel: 3))]);
        RegisterComponents();
    }

    /// <summary>Of one map: what a pyramid of one level makes.</summary>
    public override Tensor forward(Tensor x) => Levels([x])[0];

    /// <param name="maps">(N, channels[l], H/2^l, W/2^l) each.</param>
    /// <returns>(N, width, H/2^l, W/2^l) each.</returns>
    public IReadOnlyList<Tensor> Levels(IReadOnlyList<Tensor> maps)
    {
        using var scope = NewDisposeScope();
        var levels = new Tensor[maps.Count];
        Tensor? coarser = null;
        for (var level = maps.Count - 1; level >= 0; level--)
        {
            var x = lateral[level].call(maps[level]);
            if (coarser is not null)
                x = x + nn.functional.interpolate(coarser, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
            coarser = x;
            levels[level] = smooth[level].call(x).MoveToOuterDisposeScope();
        }
        return levels;
    }
}
