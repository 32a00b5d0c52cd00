namespace Fovea;

/// <summary>
/// Precision against recall of one class, from the highest score down: what both are when predictions from a score on are taken.
/// Not smoothed and not made monotone. A detector's has a point for each prediction that counts; a classifier's one for each
/// distinct score, without those between which only precision changes.
/// </summary>
public sealed record PrecisionRecallCurve
{
    internal PrecisionRecallCurve(IReadOnlyList<double> scores, IReadOnlyList<double> precision, IReadOnlyList<double> recall) =>
        (Scores, Precision, Recall) = (scores, precision, recall);

    /// <summary>From which score on predictions are taken, descending.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Share of those predictions that are right, 0 to 1.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>Share of what is to be found that they find, 0 to 1, ascending; NaN where there is nothing.</summary>
    public IReadOnlyList<double> Recall { get; }
}
