using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>How far probabilities and targets overlap, per class, over all pixels of a batch that count: what Dice, Jaccard and Tversky are made of.</summary>
/// <param name="Shared">Σ p·g, (K,).</param>
/// <param name="Predicted">Σ p, (K,).</param>
/// <param name="Actual">Σ g, (K,).</param>
internal sealed record SoftOverlap(Tensor Shared, Tensor Predicted, Tensor Actual)
{
    /// <summary>Far below one pixel; it only keeps 0 / 0 from being NaN.</summary>
    public const double Tiny = 1e-7;

    public static SoftOverlap Of(Tensor logits, PixelTargets targets)
    {
        var probabilities = logits.softmax(1).masked_fill(targets.IsIgnored.unsqueeze(1), 0);   // (N, K, H, W)
        var truth = targets.OneHot;                                                             // (N, K, H, W)
        return new SoftOverlap((probabilities * truth).sum(0L, 2L, 3L), probabilities.sum(0L, 2L, 3L), truth.sum(0L, 2L, 3L));
    }

    /// <summary>One minus the mean of the indices of those classes that the targets show; 0 where they show none.</summary>
    /// <param name="index">(K,), from 0 to 1 (no overlap to full).</param>
    public Tensor Loss(Tensor index)
    {
        var shown = Actual.gt(0).to(index.dtype);                                               // (K,)
        return ((1 - index) * shown).sum() / shown.sum().clamp_min(1);
    }
}
