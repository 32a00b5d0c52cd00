namespace Fovea;

/// <summary>
/// A receiver operating characteristic, from the highest score down: which shares of the positives and of the negatives are taken
/// when all from a score on are. Rows of the same score are taken together, so the line between two points is straight and equal
/// scores count half in the area. Points within a straight stretch are left out; the curve is the same without them.
/// </summary>
public sealed record RocCurve
{
    internal RocCurve(IReadOnlyList<double> thresholds, IReadOnlyList<double> falsePositiveRate, IReadOnlyList<double> truePositiveRate) =>
        (Thresholds, FalsePositiveRate, TruePositiveRate) = (thresholds, falsePositiveRate, truePositiveRate);

    /// <summary>From which score on rows are taken, descending; the first is positive infinity, which takes none.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>Share of the negatives that are taken, 0 to 1, ascending; NaN where there are none.</summary>
    public IReadOnlyList<double> FalsePositiveRate { get; }

    /// <summary>Share of the positives that are taken, 0 to 1, ascending; NaN where there are none.</summary>
    public IReadOnlyList<double> TruePositiveRate { get; }

    /// <summary>
    /// The area under it, 0 to 1: how probably a positive scores above a negative, equals counted half; NaN where there are no
    /// positives or no negatives.
    /// </summary>
    public double Area { get; internal init; }

    /// <summary>How far <see cref="Area"/> may be off, because scores were counted in steps: 0 where every score was kept.</summary>
    public double AreaError { get; internal init; }
}
