namespace Fovea;

/// <summary>
/// Precision against recall of one class: a point for each prediction that counts, from the highest score down; what both are
/// when predictions to this one are taken. Not smoothed and not made monotone.
/// </summary>
public sealed record PrecisionRecallCurve
{
    internal PrecisionRecallCurve(IReadOnlyList<double> scores, IReadOnlyList<double> precision, IReadOnlyList<double> recall) =>
        (Scores, Precision, Recall) = (scores, precision, recall);

    /// <summary>The predictions' scores, descending.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Share of the predictions up to each that are right, 0 to 1.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>Share of the objects that are found by them, 0 to 1, ascending; NaN where there are no objects.</summary>
    public IReadOnlyList<double> Recall { get; }
}
