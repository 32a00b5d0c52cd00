using System.Text;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Curves between two shares, each from 0 to 1, over a threshold on scores.</summary>
internal sealed class CurveChart : IChart
{
    /// <summary>Of more classes those of the lowest areas have curves, as more could not be told apart.</summary>
    private const int MostClasses = 7;

    private const double PlotHeight = 330;

    /// <summary>Between two places that tell their values.</summary>
    private const double BetweenTitles = 14;

    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required IReadOnlyList<CurveSeries> Series { get; init; }

    /// <summary>Whether y stays until x changes, instead of going straight to the next point.</summary>
    public bool IsStepped { get; init; }

    /// <summary>Whether a line from corner to corner shows what chance gives.</summary>
    public bool HasDiagonal { get; init; }

    /// <summary>Which of all curves these are, for the description; null where it is all of them.</summary>
    public string? Note { get; init; }

    /// <summary>The classes to show: those that have an area, and of many the lowest.</summary>
    public static IEnumerable<T> Shown<T>(IReadOnlyList<T> classes, Func<T, double> area)
    {
        var shown = classes.Where(c => !double.IsNaN(area(c)));
        return classes.Count > MostClasses ? shown.OrderBy(area).Take(MostClasses) : shown;
    }

    /// <summary>Which classes those are, in words; null where it is all of them.</summary>
    public static string? WhichShown(int classes) => classes > MostClasses ? $"the {MostClasses} lowest of {classes} classes" : null;

    public string Description => $"{Title}: {YLabel} over {XLabel}. {string.Join("; ", Series.Select(s => s.Thinned().Count > 0 ? s.Label : $"{s.Label}: no values"))}.{(Note is null ? "" : $" Shown: {Note}.")}";

    public ChartDrawing Draw(double width)
    {
        var frame = new PlotFrame(Title, ChartAxis.Between(0, 1, 6), ChartAxis.Between(0, 1, 6), XLabel, YLabel, width, [.. Series.Select(s => s.Label)], marked: false, PlotHeight);
        if (HasDiagonal)
            frame.Content.Add(SvgMarkup.Element("path", "fv-mark", ("d", $"M{Place(frame, 0, 0)}L{Place(frame, 1, 1)}")));
        var points = Series.Select(s => s.Thinned()).ToList();
        foreach (var (place, line) in points.Index())
            frame.Content.Add(SvgMarkup.Element("path", $"fv-line {ChartStyle.Series(place)}", ("d", Path(frame, line))));
        foreach (var (place, line) in points.Index())
            frame.Content.Add(Spots(frame, Series[place].Label, line, place));
        if (points.All(p => p.Count == 0))
            frame.SayEmpty();
        return new(frame.Content, width, frame.Height);
    }

    private string Path(PlotFrame frame, IReadOnlyList<(double X, double Y, double Threshold)> points)
    {
        var path = new StringBuilder();
        foreach (var point in points)
        {
            var (x, y) = (SvgMarkup.Number(frame.X(point.X)), SvgMarkup.Number(frame.Y(point.Y)));
            if (path.Length == 0)
                path.Append($"M{(IsStepped ? SvgMarkup.Number(frame.X(0)) : x)} {y}"); // the first precision holds from recall 0 on
            else
                path.Append(IsStepped ? $"V{y}" : $"L{x} {y}");
            if (IsStepped)
                path.Append('H').Append(x);
        }
        return path.ToString();
    }

    private IEnumerable<XElement> Spots(PlotFrame frame, string label, IReadOnlyList<(double X, double Y, double Threshold)> points, int place)
    {
        var (x, y) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var point in points.Where(p => double.IsFinite(p.Threshold)))
        {
            var (atX, atY) = (frame.X(point.X), frame.Y(point.Y));
            if (Math.Abs(atX - x) + Math.Abs(atY - y) < BetweenTitles)
                continue;
            (x, y) = (atX, atY);
            var dot = SvgMarkup.Element("circle", $"fv-hidden {ChartStyle.Series(place)}", ("cx", atX), ("cy", atY), ("r", 5.0));
            dot.Add(SvgMarkup.Title($"{label}, from score {ChartNumber.Value(point.Threshold)} on: {XLabel} {ChartNumber.Percent(point.X)}, {YLabel} {ChartNumber.Percent(point.Y)}"));
            yield return dot;
        }
    }

    private static string Place(PlotFrame frame, double x, double y) => $"{SvgMarkup.Number(frame.X(x))} {SvgMarkup.Number(frame.Y(y))}";
}
