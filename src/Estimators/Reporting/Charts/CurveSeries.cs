namespace Fovea.Reporting;

/// <summary>A curve over a threshold.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Area">Below it, from 0 to 1; NaN for none.</param>
/// <param name="Points">Shares from 0 to 1 in the order in which they are joined; values that are not finite are left out.</param>
internal sealed record CurveSeries(string Name, double Area, IReadOnlyList<(double X, double Y, double Threshold)> Points)
{
    /// <summary>How near to the last one a point is left out, in each direction: less than can be seen in a figure.</summary>
    private const double Finest = 1.0 / 600;

    /// <summary>For the legend.</summary>
    public string Label => $"{Name} ({ChartNumber.Share(Area)})";

    /// <summary>Precision over recall.</summary>
    public static CurveSeries Of(string name, PrecisionRecallCurve curve, double average) => new(name, average, [.. curve.Scores.Select((s, i) => (curve.Recall[i], curve.Precision[i], s))]);

    /// <summary>The points that are drawn: the first, the last, and those that differ from the one before.</summary>
    public IReadOnlyList<(double X, double Y, double Threshold)> Thinned()
    {
        var finite = Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        var thinned = new List<(double X, double Y, double Threshold)>();
        foreach (var (place, point) in finite.Index())
            if (place == 0 || place == finite.Count - 1 || Math.Abs(point.X - thinned[^1].X) >= Finest || Math.Abs(point.Y - thinned[^1].Y) >= Finest)
                thinned.Add(point);
        return thinned;
    }
}
