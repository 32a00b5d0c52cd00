using Fovea.Backbones;
using Fovea.Detection.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// You only look once: one pass says for every cell of a grid which class an object there has and where its box is.
/// </summary>
/// <remarks>
/// What is from where: one stage, a grid, a center within its cell (YOLO, Redmon et al., 2016, https://arxiv.org/abs/1506.02640);
/// three grids of strides 8, 16 and 32 on a feature pyramid (YOLOv3, 2018, https://arxiv.org/abs/1804.02767); the CSP backbone, and complete IoU
/// as box loss (YOLOv4, 2020, https://arxiv.org/abs/2004.10934); boxes without anchors, one a cell, of sides exp(t) · stride, and a head of two
/// branches (YOLOX, 2021, https://arxiv.org/abs/2107.08430); task-aligned assignment and no objectness beside the classes (YOLOv6, 2022,
/// https://arxiv.org/abs/2209.02976, and YOLOv8); a moving average of the weights, where <see cref="TrainingOptions.AverageWeights"/> asks for it (YOLOv4
/// and later). Not here: anchors (v2 to v5), a second way back down the pyramid (v4), and distributions over the sides of a box (v8).
/// </remarks>
internal sealed class Yolo : DetectionNetwork, IDetectionNetwork<Yolo>
{
    private readonly nn.Module<Tensor, Tensor> backbone;
    private readonly FeaturePyramid neck;
    private readonly ModuleList<YoloHead> heads;
    private readonly Func<Tensor, IReadOnlyList<Tensor>> _features;
    private readonly YoloOptions _options;

    private Yolo(DetectionNetworkInput input) : base(nameof(Yolo))
    {
        _options = input.Yolo;
        IReadOnlyList<long> maps;
        if (input.Backbone is { } plan)
        {
            var resnet = ResNet.Encoder(input.Channels, plan);
            (backbone, maps, _features) = (resnet, [.. plan.Channels.Skip(2)], x => [.. resnet.Features(x).Skip(2)]);
        }
        else
        {
            var csp = new CspBackbone(input.Channels, _options.Width, _options.Depth);
            (backbone, maps, _features) = (csp, csp.Channels, csp.Features);
        }
        neck = new(maps, _options.Width);
        heads = new([.. maps.Select(_ => new YoloHead(_options.Width, input.Classes, HasObjectness))]);
        RegisterComponents();
    }

    public static Yolo Create(DetectionNetworkInput input) => new(input);

    public override IReadOnlyList<string> LossParts => HasObjectness ? [Measure.BoxLoss, Measure.ObjectLoss, Measure.ClassLoss] : [Measure.BoxLoss, Measure.ClassLoss];

    public override IReadOnlyList<string> ClassLayers { get; } = [.. Enumerable.Range(0, 3).Select(level => $"heads.{level}.classes.2.")];

    private bool HasObjectness => _options.Loss == YoloLoss.Squared;

    public override Tensor Losses(Tensor images, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        return Losses(Run(images), targets).MoveToOuterDisposeScope();
    }

    public override Candidates Predict(Tensor images, CandidateLimits limits)
    {
        var (raw, classes, cells) = Say(images);
        return Candidates.Best(YoloOutput.Scores(classes, YoloOutput.ObjectsOf(raw)), limits, BoxesOf);

        // Of all cells few are candidates.
        Tensor BoxesOf(Tensor rows) => YoloOutput.Decode(Candidates.Pick(raw, rows), OfCells(cells.Centers, rows), OfCells(cells.Strides, rows));

        static Tensor OfCells(Tensor values, Tensor rows) => values.index_select(0, rows.flatten()).view(rows.size(0), rows.size(1), values.size(1));
    }

    public override (Tensor Losses, Candidates Candidates) Evaluate(Tensor images, DetectionTargets targets, CandidateLimits limits)
    {
        var output = Run(images);
        return (Losses(output, targets), Candidates.Best(output.Boxes, output.Scores(), limits));
    }

    private Tensor Losses(YoloOutput output, DetectionTargets targets) =>
        _options.Loss == YoloLoss.Squared ? SquaredLoss.Compute(output, targets) : TaskAlignedLoss.Compute(output, targets, _options.BoxLoss);

    private YoloOutput Run(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (raw, classes, cells) = Say(images);
        return YoloOutput.Of(raw, classes, cells).MoveToOuterScope();
    }

    /// <returns>(N, A, 4 or 5) not decoded, (N, A, K) logits, and the A cells.</returns>
    private (Tensor Raw, Tensor Classes, YoloCells Cells) Say(Tensor images)
    {
        using var scope = NewDisposeScope();
        var levels = neck.Levels(_features(images));                                                // (N, width, H/8, W/8), ..., (N, width, H/32, W/32)
        var said = levels.Zip(heads, (level, head) => head.call(level)).ToList();
        var cells = YoloCells.Of([.. levels.Select(l => (l.size(2), l.size(3)))], images);
        cells.Centers.MoveToOuterDisposeScope();
        cells.Strides.MoveToOuterDisposeScope();
        return (cat([.. said.Select(s => s.Box)], 1).MoveToOuterDisposeScope(), cat([.. said.Select(s => s.Classes)], 1).MoveToOuterDisposeScope(), cells);
    }
}
