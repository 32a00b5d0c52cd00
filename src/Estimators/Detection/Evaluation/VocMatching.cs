namespace Fovea.Detection.Evaluation;

/// <summary>
/// Matches the predictions of one class in one image as Pascal VOC's development kit does: each prediction, from the highest
/// score down, belongs to the object it covers best, whether that was found before or not; a second one is wrong. What belongs to
/// a difficult object does not count. VOC knows no crowds; here a prediction that is wrong but lies in one does not count.
/// </summary>
internal sealed class VocMatching(double iou, double edge)
{
    private double[] _overlaps = [];
    private bool[] _isTaken = [];

    /// <param name="predictions">From the highest score down.</param>
    /// <param name="truths">Of the same class and image.</param>
    /// <param name="verdicts">Of each prediction; to be filled.</param>
    /// <param name="isFound">Of each object; to be filled, or empty where nobody asks.</param>
    public void Match(ReadOnlySpan<PredictedObject> predictions, ReadOnlySpan<TrueObject> truths, Span<VocVerdict> verdicts, Span<bool> isFound = default)
    {
        if (_overlaps.Length < predictions.Length * truths.Length)
            _overlaps = new double[Math.Max(predictions.Length * truths.Length, 2 * _overlaps.Length)];
        if (_isTaken.Length < truths.Length)
            _isTaken = new bool[2 * truths.Length];
        _isTaken.AsSpan(0, truths.Length).Clear();
        var overlaps = _overlaps.AsSpan(0, predictions.Length * truths.Length);
        ObjectOverlap.Fill(predictions, truths, edge, overlaps);
        for (var d = 0; d < predictions.Length; d++)
            verdicts[d] = Judge(truths, overlaps.Slice(d * truths.Length, truths.Length));
        if (!isFound.IsEmpty)
            _isTaken.AsSpan(0, truths.Length).CopyTo(isFound);
    }

    private VocVerdict Judge(ReadOnlySpan<TrueObject> truths, ReadOnlySpan<double> overlaps)
    {
        var (best, isInCrowd) = (-1, false);
        for (var g = 0; g < truths.Length; g++)
        {
            if (truths[g].IsCrowd)
                isInCrowd |= overlaps[g] >= iou;
            else if (overlaps[g] >= iou && (best < 0 || overlaps[g] > overlaps[best]))
                best = g;
        }
        if (best >= 0 && truths[best].IsDifficult)
            return VocVerdict.Ignored;
        if (best >= 0 && !_isTaken[best])
        {
            _isTaken[best] = true;
            return VocVerdict.Right;
        }
        return isInCrowd ? VocVerdict.Ignored : VocVerdict.Wrong;
    }
}
