using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>
/// Average precision of a validation set from sums alone: right and wrong boxes of each class are counted by score, in steps of
/// 1/500. For curves, IoU thresholds and the rules of COCO and VOC there is <c>ml.Vision.EvaluateDetection</c>; from its AP50 this
/// differs by what scores within a step and a box's second best object make.
/// </summary>
/// <param name="classes">K.</param>
internal sealed class ScoreBins(int classes)
{
    private const int Bins = 500;

    /// <summary>Images, truths of each class, then right and wrong boxes [class, score].</summary>
    public int Count => 1 + classes + 2 * classes * Bins;

    /// <summary>Counts a batch. A box is right where the object of its class that it meets most has an IoU of at least 0.5 with it, and no better box met that object (VOC's rule).</summary>
    /// <param name="found">After suppression.</param>
    /// <param name="targets">The truth.</param>
    /// <returns>(<see cref="Count"/>,), float64.</returns>
    public Tensor Fill(Candidates found, DetectionTargets targets)
    {
        var (images, boxes, most) = (found.Boxes.size(0), found.Boxes.size(1), targets.Boxes.size(1));
        var truths = targets.Labels.masked_select(targets.Exist).bincount(weights: null, minlength: classes);                     // (K,)
        var right = zeros_like(found.Exist);
        if (boxes > 0)
        {
            var comparable = found.Labels.unsqueeze(2).eq(targets.Labels.unsqueeze(1)).logical_and_(targets.Exist.unsqueeze(1)).logical_and_(found.Exist.unsqueeze(2));
            var (overlap, nearest) = Boxes.PairwiseIou(found.Boxes, targets.Boxes).masked_fill_(comparable.logical_not(), -1).max(2);   // (N, M)
            var meets = zeros(images, boxes, most, ScalarType.Int32, overlap.device)
                .scatter_(2, nearest.unsqueeze(2), overlap.ge(0.5).to(ScalarType.Int32).unsqueeze(2));                            // (N, M, G)
            // Candidates come from the highest score down, so the first to meet an object is its best.
            right = meets.gt(0).logical_and_(meets.cumsum(1).eq(1)).any(2);                                                       // (N, M)
        }
        var bins = found.Labels * Bins + (found.Scores * Bins).to(ScalarType.Int64).clamp(0, Bins - 1);
        return cat([tensor([(double)images], device: bins.device), truths.to(ScalarType.Float64), Counted(right), Counted(right.logical_not())]);

        Tensor Counted(Tensor which) => bins.masked_select(which.logical_and(found.Exist)).bincount(weights: null, minlength: classes * Bins).to(ScalarType.Float64);
    }

    /// <summary>Mean over the classes that the truth shows of the precision at 101 recalls, each the best at this recall or above it (COCO's points).</summary>
    /// <param name="sums">(<see cref="Count"/>,).</param>
    /// <returns>0 to 1; null where nothing was counted.</returns>
    public double? AveragePrecision(ReadOnlySpan<double> sums)
    {
        if (sums[0] == 0)
            return null;
        var (sum, shown) = (0.0, 0);
        for (var k = 0; k < classes; k++)
        {
            var truths = sums[1 + k];
            if (truths == 0)
                continue;
            shown++;
            var rights = sums.Slice(1 + classes + k * Bins, Bins);
            sum += OfClass(truths, rights, sums.Slice(1 + classes + (classes + k) * Bins, Bins));
        }
        return shown == 0 ? 0 : sum / shown;
    }

    private static double OfClass(double truths, ReadOnlySpan<double> rights, ReadOnlySpan<double> wrongs)
    {
        Span<double> best = stackalloc double[101];
        best.Clear();
        var (right, all) = (0.0, 0.0);
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            right += rights[bin];
            all += rights[bin] + wrongs[bin];
            // Recalls up to this one; the tolerance is for a recall that is one of the points itself.
            var reached = (int)(right / truths * 100 + 1e-9);
            if (right > 0)
                best[reached] = Math.Max(best[reached], right / all);
        }
        var sum = 0.0;
        for (var (point, most) = (100, 0.0); point >= 0; point--)
            sum += most = Math.Max(most, best[point]);
        return sum / 101;
    }
}
