using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// What a level of the pyramid says of each of its cells, in two branches: box (and objectness), and class. Decoupled so since YOLOX (Ge et
/// al., 2021, https://arxiv.org/abs/2107.08430).
/// </summary>
internal sealed class YoloHead : nn.Module<Tensor, (Tensor Box, Tensor Classes)>
{
    /// <summary>Score of everything before training, so that the many cells without an object do not drown the others (Lin et al., 2017, https://arxiv.org/abs/1708.02002).</summary>
    private const double Prior = 0.01;

    /// <summary>Sides of a box before training, cells.</summary>
    private const double FirstSide = 4;

    private readonly Sequential boxes;
    private readonly Sequential classes;

    /// <param name="width">Maps of the level.</param>
    /// <param name="count">K.</param>
    /// <param name="hasObjectness">A fifth number beside the box: whether there is an object.</param>
    public YoloHead(long width, int count, bool hasObjectness) : base(nameof(YoloHead))
    {
        var box = nn.Conv2d(width, hasObjectness ? 5 : 4, kernel_size: 1);
        var score = nn.Conv2d(width, count, kernel_size: 1);
        boxes = nn.Sequential(new ConvolutionBlock(width, width, 3), new ConvolutionBlock(width, width, 3), box);
        classes = nn.Sequential(new ConvolutionBlock(width, width, 3), new ConvolutionBlock(width, width, 3), score);
        RegisterComponents();
        using var frozen = no_grad();
        box.bias!.zero_();
        box.bias.narrow(0, 2, 2).fill_(Math.Log(FirstSide));
        // Beside an objectness the classes have a softmax, which takes no prior.
        score.bias!.fill_(hasObjectness ? 0 : Math.Log(Prior / (1 - Prior)));
    }

    /// <param name="x">(N, width, H, W).</param>
    /// <returns>(N, H·W, 4 or 5) and (N, H·W, K), float32.</returns>
    public override (Tensor Box, Tensor Classes) forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return (Rows(boxes.call(x)).MoveToOuterDisposeScope(), Rows(classes.call(x)).MoveToOuterDisposeScope());

        static Tensor Rows(Tensor map) => map.to(ScalarType.Float32).permute(0, 2, 3, 1).flatten(1, 2);
    }
}
