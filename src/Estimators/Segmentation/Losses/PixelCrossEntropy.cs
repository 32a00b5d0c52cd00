using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// Cross-entropy of each pixel's class, averaged over the pixels that count, each weighted by its class:
/// Σ w(y)·(−log p(y)) / Σ w(y), as PyTorch's <c>CrossEntropyLoss</c>.
/// </summary>
public sealed record PixelCrossEntropy : SegmentationLoss
{
    /// <summary>A weight above 0 for each class in the order of the class names; null (default) for equal ones.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Weights the classes by their frequency in the training set, so that rare ones count as much: median frequency over the
    /// class's, where a class's frequency is its share of the pixels of those images that show it (Eigen and Fergus, 2015,
    /// https://arxiv.org/abs/1411.4734; SegNet's). Not together with <see cref="ClassWeights"/>. Default false.
    /// </summary>
    public bool Balanced { get; init; }

    /// <summary>Share in [0, 1) of the target spread over all classes (Szegedy et al., 2016, https://arxiv.org/abs/1512.00567). Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Weighs pixels between close objects more, as U-Net's; null (default) for none.</summary>
    public BorderWeights? Borders { get; init; }

    internal override bool BalancesClasses => Balanced;

    internal override IEnumerable<string> Problems()
    {
        if (ClassWeights is not null && ClassWeights.Any(w => !(w > 0) || !double.IsFinite(w)))
            yield return $"{nameof(PixelCrossEntropy)}.{nameof(ClassWeights)} must be finite numbers above 0; they are [{string.Join(", ", ClassWeights)}]";
        if (ClassWeights is not null && Balanced)
            yield return $"{nameof(PixelCrossEntropy)} takes {nameof(ClassWeights)} or {nameof(Balanced)}; both were given";
        if (!(LabelSmoothing is >= 0 and < 1))
            yield return $"{nameof(PixelCrossEntropy)}.{nameof(LabelSmoothing)} must be in [0, 1); it is {LabelSmoothing}";
        if (Borders is not null && LabelSmoothing > 0)
            yield return $"{nameof(PixelCrossEntropy)} takes {nameof(Borders)} or {nameof(LabelSmoothing)}; both were given";
        foreach (var problem in Borders?.Problems() ?? [])
            yield return problem;
    }

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var given = ClassWeights is null ? null : tensor(ClassWeights.Select(w => (float)w).ToArray(), device: logits.device);
        var weights = given ?? (Balanced ? targets.ClassWeights : null);                                    // (K,)
        var weightOfPixel = weights is null
            ? targets.IsIgnored.logical_not().to(ScalarType.Float32)
            : weights[targets.Indices.clamp_min(0)].masked_fill(targets.IsIgnored, 0);                      // (N, H, W)
        if (Borders is null)
        {
            var sum = nn.functional.cross_entropy(logits, targets.Indices, weights, PixelTargets.IgnoreIndex, nn.Reduction.Sum, LabelSmoothing);
            return sum / AtLeastTiny(weightOfPixel.sum());
        }
        // The paper's sum over pixels becomes a mean, so that a loss means the same at any image size.
        weightOfPixel = weightOfPixel + Borders.Map(targets).masked_fill_(targets.IsIgnored, 0);            // (N, H, W)
        var losses = nn.functional.cross_entropy(logits, targets.Indices, null, PixelTargets.IgnoreIndex, nn.Reduction.None); // (N, H, W)
        return (losses * weightOfPixel).sum() / AtLeastTiny(targets.IsIgnored.logical_not().sum().to(ScalarType.Float32));
    }

    /// <summary>Where no pixel counts the numerator is 0 too, and 0 / tiny is 0 where 0 / 0 would be NaN.</summary>
    private static Tensor AtLeastTiny(Tensor count) => count.clamp_min(1e-12);

    /// <inheritdoc/>
    public override string ToString() => "cross-entropy" + (Balanced ? " (classes balanced)" : ClassWeights is not null ? " (classes weighted)" : "")
        + (LabelSmoothing > 0 ? FormattableString.Invariant($" (smoothing {LabelSmoothing:0.###})") : "") + (Borders is not null ? " (borders weighted)" : "");
}
