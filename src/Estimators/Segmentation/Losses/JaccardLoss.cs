using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// 1 − Σ p·g / (Σ p + Σ g − Σ p·g) with probabilities p and targets g, averaged over the classes that the batch shows: the
/// intersection over union made smooth (Rahman and Wang, 2016, https://doi.org/10.1007/978-3-319-50835-1_22). The sums run over the batch's pixels.
/// </summary>
public sealed record JaccardLoss : SegmentationLoss
{
    internal override IEnumerable<string> Problems() => [];

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var overlap = SoftOverlap.Of(logits, targets);
        return overlap.Loss(overlap.Shared / (overlap.Predicted + overlap.Actual - overlap.Shared).clamp_min(SoftOverlap.Tiny));
    }

    /// <inheritdoc/>
    public override string ToString() => "Jaccard";
}
