using System.Globalization;
using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// 1 − TP / (TP + α·FP + β·FN), averaged over the classes that the batch shows, where TP, FP and FN are sums of probabilities
/// over the batch's pixels (Salehi et al., 2017, https://arxiv.org/abs/1706.05721). β above α punishes missed pixels more.
/// </summary>
/// <remarks>The paper has two classes and their sum; here each class has its own index, and a class that no pixel of the batch has is left out.</remarks>
public sealed record TverskyLoss : SegmentationLoss
{
    /// <summary>Weight of wrongly found pixels, at least 0; default 0.3.</summary>
    public double Alpha { get; init; } = 0.3;

    /// <summary>Weight of missed pixels, at least 0; default 0.7.</summary>
    public double Beta { get; init; } = 0.7;

    internal override IEnumerable<string> Problems()
    {
        if (!(Alpha >= 0) || !double.IsFinite(Alpha))
            yield return $"{nameof(TverskyLoss)}.{nameof(Alpha)} must be a finite number of at least 0; it is {Alpha}";
        if (!(Beta >= 0) || !double.IsFinite(Beta))
            yield return $"{nameof(TverskyLoss)}.{nameof(Beta)} must be a finite number of at least 0; it is {Beta}";
        if (Alpha == 0 && Beta == 0)
            yield return $"{nameof(TverskyLoss)}.{nameof(Alpha)} or {nameof(Beta)} must be above 0; both are 0";
    }

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var overlap = SoftOverlap.Of(logits, targets);
        return overlap.Loss(overlap.Shared / (overlap.Shared + Alpha * (overlap.Predicted - overlap.Shared) + Beta * (overlap.Actual - overlap.Shared)).clamp_min(SoftOverlap.Tiny));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Tversky ({Alpha:0.###}, {Beta:0.###})");
}
