using static TorchSharp.torch;

namespace Fovea.Detection.Losses;

/// <summary>
/// Σ BCE(p, t̂) / Σ t̂ + 2.5 · Σ t̂ · (1 − IoU) / Σ t̂ over all cells, with the targets t̂ of <see cref="TaskAlignedAssignment"/>, and generalized or
/// complete IoU. The weights 1 and 2.5 are YOLOv6's, as is plain binary cross-entropy where TOOD has a focal form.
/// </summary>
internal static class TaskAlignedLoss
{
    private const double BoxWeight = 2.5;

    /// <returns>(2,): box, class.</returns>
    public static Tensor Compute(YoloOutput output, DetectionTargets targets, BoxSimilarity similarity)
    {
        var wanted = TaskAlignedAssignment.Of(output, targets);
        // At least 1, so that a batch without objects divides by 1 and not by nothing.
        var sum = wanted.Scores.sum().clamp_min(1f);
        var classes = nn.functional.binary_cross_entropy_with_logits(output.Classes, wanted.Scores, reduction: nn.Reduction.Sum) / sum;
        // Where there is no object the box is compared with itself, which is alike.
        var truths = where(wanted.HasObject.unsqueeze(2), wanted.Boxes, output.Boxes.detach());         // (N, A, 4)
        var alike = similarity == BoxSimilarity.GeneralizedIou ? Boxes.GeneralizedIou(output.Boxes, truths) : Boxes.CompleteIou(output.Boxes, truths);
        var boxes = ((1 - alike) * wanted.Scores.sum(2)).sum() / sum;
        return stack([boxes * BoxWeight, classes]);
    }
}
