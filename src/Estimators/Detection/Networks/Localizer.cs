using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// Classification with localization: one object an image at most. A ResNet's last map, averaged to 4x4 so that place survives, and two
/// fully connected layers tell c0, whether there is an object, the class, and the box as center and size in shares of the image. The loss is
/// cross-entropy of c0 + [object] · (cross-entropy of the class + 5 · squared distance of the box), the 5 being λ_coord of YOLO's 2016 paper.
/// Of several objects the largest is learned.
/// </summary>
internal sealed class Localizer : DetectionNetwork, IDetectionNetwork<Localizer>
{
    private const int Side = 4;
    private const int Hidden = 256;
    private const double BoxWeight = 5;

    private readonly ResNet backbone;
    private readonly AdaptiveAvgPool2d pool;
    private readonly Linear hidden;
    private readonly Linear place;
    private readonly Linear classes;

    private Localizer(DetectionNetworkInput input) : base(nameof(Localizer))
    {
        var plan = input.Backbone ?? ResNetPlan.Of(18);
        backbone = ResNet.Encoder(input.Channels, plan);
        pool = nn.AdaptiveAvgPool2d([Side, Side]);
        hidden = nn.Linear(plan.Channels[4] * Side * Side, Hidden);
        place = nn.Linear(Hidden, 5);
        classes = nn.Linear(Hidden, input.Classes);
        RegisterComponents();
    }

    public static Localizer Create(DetectionNetworkInput input) => new(input);

    public override IReadOnlyList<string> LossParts { get; } = [Measure.ObjectLoss, Measure.ClassLoss, Measure.BoxLoss];

    public override IReadOnlyList<string> ClassLayers => ["classes."];

    public override Tensor Losses(Tensor images, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        var (isObject, box, logits) = Run(images);
        return Losses(isObject, box, logits, targets, images.size(2), images.size(3)).MoveToOuterDisposeScope();
    }

    public override Candidates Predict(Tensor images, CandidateLimits limits) => Found(Run(images), images, limits);

    public override (Tensor Losses, Candidates Candidates) Evaluate(Tensor images, DetectionTargets targets, CandidateLimits limits)
    {
        var output = Run(images);
        return (Losses(output.IsObject, output.Box, output.Classes, targets, images.size(2), images.size(3)), Found(output, images, limits));
    }

    /// <param name="isObject">(N,), logits.</param>
    /// <param name="box">(N, 4), center and size in shares of the image.</param>
    /// <param name="logits">(N, K).</param>
    /// <param name="targets">The objects.</param>
    /// <param name="height">H, pixels.</param>
    /// <param name="width">W, pixels.</param>
    /// <returns>(3,): object, class, box.</returns>
    internal static Tensor Losses(Tensor isObject, Tensor box, Tensor logits, DetectionTargets targets, long height, long width)
    {
        // What fills up has no area, so it is the largest only where there is no object.
        var largest = Boxes.Area(targets.Boxes).masked_fill(targets.Exist.logical_not(), -1).argmax(1, keepdim: true);              // (N, 1)
        var exists = targets.Exist.gather(1, largest).squeeze(1).to(ScalarType.Float32);                                            // (N,)
        var label = targets.Labels.gather(1, largest).squeeze(1);                                                                   // (N,)
        var truth = targets.Boxes.gather(1, largest.unsqueeze(2).expand(-1, 1, 4)).squeeze(1);                                      // (N, 4)
        truth = Boxes.ToCenter(truth) / tensor([width, height, width, (float)height], device: truth.device);
        var objects = nn.functional.binary_cross_entropy_with_logits(isObject, exists);
        var classification = (nn.functional.cross_entropy(logits, label, reduction: nn.Reduction.None) * exists).mean();
        var distance = ((box - truth).square().sum(1) * exists).mean();
        return stack([objects, classification, distance * BoxWeight]);
    }

    private static Candidates Found((Tensor IsObject, Tensor Box, Tensor Classes) output, Tensor images, CandidateLimits limits)
    {
        var (probability, label) = output.Classes.softmax(1).max(1, keepdim: true);                                                 // (N, 1)
        var scores = output.IsObject.sigmoid().unsqueeze(1) * probability;                                                          // (N, 1)
        var (height, width) = (images.size(2), images.size(3));
        var boxes = Boxes.FromCenter(output.Box * tensor([width, height, width, (float)height], device: images.device));
        return new(boxes.unsqueeze(1), scores, label, scores.gt(limits.Score));
    }

    /// <returns>(N,) logits, (N, 4) in shares of the image, (N, K) logits; float32.</returns>
    private (Tensor IsObject, Tensor Box, Tensor Classes) Run(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = pool.call(backbone.call(images)).flatten(1);                       // (N, 512e · 16)
        x = hidden.call(x).relu();                                                 // (N, 256)
        var placed = place.call(x).to(ScalarType.Float32);                         // (N, 5)
        var logits = classes.call(x).to(ScalarType.Float32);                       // (N, K)
        return (placed.select(1, 0).MoveToOuterDisposeScope(), placed.narrow(1, 1, 4).sigmoid().MoveToOuterDisposeScope(), logits.MoveToOuterDisposeScope());
    }
}
