namespace Fovea.Reporting;

/// <summary>A curve over a threshold.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Shares from 0 to 1 in the order in which they are joined; values that are not finite are left out.</param>
internal sealed record CurveSeries(string Name, IReadOnlyList<(double X, double Y, double Threshold)> Points)
{
    /// <summary>Precision over recall, with the average precision in the legend.</summary>
    public static CurveSeries Of(string name, PrecisionRecallCurve curve, double average) => new($"{name} ({ChartNumber.Share(average)})",
        [.. curve.Scores.Select((s, i) => (curve.Recall[i], curve.Precision[i], s))]);
}
