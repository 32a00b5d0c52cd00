using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// 1 − 2·Σ p·g / (Σ p + Σ g) with probabilities p and targets g, averaged over the classes that the batch shows; the sums run
/// over the batch's pixels. After Milletari et al., 2016 (https://arxiv.org/abs/1606.04797).
/// </summary>
/// <remarks>
/// The paper has one class, squares in the denominator and an index per volume. Plain sums (Sudre et al., 2017,
/// https://arxiv.org/abs/1707.03237) make the index the Dice coefficient itself where p is 0 or 1.
/// </remarks>
public sealed record DiceLoss : SegmentationLoss
{
    internal override IEnumerable<string> Problems() => [];

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var overlap = SoftOverlap.Of(logits, targets);
        return overlap.Loss(2 * overlap.Shared / (overlap.Predicted + overlap.Actual).clamp_min(SoftOverlap.Tiny));
    }

    /// <inheritdoc/>
    public override string ToString() => "Dice";
}
