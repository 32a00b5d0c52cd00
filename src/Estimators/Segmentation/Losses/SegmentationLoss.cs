using System.Text.Json.Serialization;
using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// What a segmentation network minimizes. Losses add up and can be weighted:
/// <c>new PixelCrossEntropy() + 0.5 * new DiceLoss()</c>. Pixels without a class count nowhere; a batch that has no other
/// pixels has loss 0 and gradient 0.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "loss")]
[JsonDerivedType(typeof(PixelCrossEntropy), "crossEntropy")]
[JsonDerivedType(typeof(DiceLoss), "dice")]
[JsonDerivedType(typeof(JaccardLoss), "jaccard")]
[JsonDerivedType(typeof(TverskyLoss), "tversky")]
[JsonDerivedType(typeof(FocalLoss), "focal")]
[JsonDerivedType(typeof(WeightedLosses), "sum")]
public abstract record SegmentationLoss
{
    private protected SegmentationLoss() { }

    /// <summary>The sum of two losses.</summary>
    public static SegmentationLoss operator +(SegmentationLoss left, SegmentationLoss right) => WeightedLosses.Of((1, left), (1, right));

    /// <summary>A loss times a weight above 0.</summary>
    public static SegmentationLoss operator *(double weight, SegmentationLoss loss) => WeightedLosses.Of((weight, loss));

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    internal abstract IEnumerable<string> Problems();

    /// <summary>Whether <see cref="PixelTargets.ClassWeights"/> must be given: the loss balances the classes of the training set.</summary>
    [JsonIgnore]
    internal virtual bool BalancesClasses => false;

    /// <param name="logits">(N, K, H, W), float32.</param>
    /// <param name="targets">What they should say.</param>
    /// <returns>The loss, a scalar that gradients flow through.</returns>
    internal abstract Tensor Compute(Tensor logits, PixelTargets targets);
}
