using System.Text;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Curves between two shares, each from 0 to 1, over a threshold on scores.</summary>
internal sealed class CurveChart : IChart
{
    /// <summary>Of more classes those of the lowest areas have curves, as more could not be told apart.</summary>
    private const int MostClasses = 7;

    private const double PlotHeight = 330;

    /// <summary>Points nearer than this many pixels are drawn as one.</summary>
    private const double Finest = 0.7;

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

    public string Description => $"{Title}: {YLabel} over {XLabel}. {string.Join("; ", Series.Select(s => Points(s).Any() ? s.Name : $"{s.Name}: no values"))}.{(Note is null ? "" : $" Shown: {Note}.")}";

    public ChartDrawing Draw(double width)
    {
        var frame = new PlotFrame(Title, ChartAxis.Between(0, 1, 6), ChartAxis.Between(0, 1, 6), XLabel, YLabel, width, [.. Series.Select(s => s.Name)], marked: false, PlotHeight);
        if (HasDiagonal)
            frame.Content.Add(SvgMarkup.Element("path", "fv-mark", ("d", $"M{Place(frame, 0, 0)}L{Place(frame, 1, 1)}")));
        foreach (var (place, series) in Series.Index())
            frame.Content.Add(SvgMarkup.Element("path", $"fv-line {ChartStyle.Series(place)}", ("d", Path(frame, series))));
        foreach (var (place, series) in Series.Index())
            frame.Content.Add(Spots(frame, series, place));
        if (!Series.Any(s => Points(s).Any()))
            frame.SayEmpty();
        return new(frame.Content, width, frame.Height);
    }

    private string Path(PlotFrame frame, CurveSeries series)
    {
        var path = new StringBuilder();
        var (x, y) = (double.NaN, double.NaN);
        foreach (var point in Points(series))
        {
            var (toX, toY) = (frame.X(point.X), frame.Y(point.Y));
            if (path.Length > 0 && Math.Abs(toX - x) < Finest && Math.Abs(toY - y) < Finest)
                continue;
            if (path.Length == 0)
                path.Append('M').Append(SvgMarkup.Number(IsStepped ? frame.X(0) : toX)).Append(' ').Append(SvgMarkup.Number(toY)); // the first precision holds from recall 0 on
            else
                path.Append(IsStepped ? $"V{SvgMarkup.Number(toY)}" : $"L{SvgMarkup.Number(toX)} {SvgMarkup.Number(toY)}");
            if (IsStepped)
                path.Append('H').Append(SvgMarkup.Number(toX));
            (x, y) = (toX, toY);
        }
        // What was too near to be drawn may have been the end.
        if (Points(series).Cast<(double X, double Y, double Threshold)?>().LastOrDefault() is { } last && (frame.X(last.X), frame.Y(last.Y)) != (x, y))
            path.Append($"L{Place(frame, last.X, last.Y)}");
        return path.ToString();
    }

    private IEnumerable<XElement> Spots(PlotFrame frame, CurveSeries series, int place)
    {
        var (x, y) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var point in Points(series).Where(p => double.IsFinite(p.Threshold)))
        {
            var (atX, atY) = (frame.X(point.X), frame.Y(point.Y));
            if (Math.Abs(atX - x) + Math.Abs(atY - y) < BetweenTitles)
                continue;
            (x, y) = (atX, atY);
            var dot = SvgMarkup.Element("circle", $"fv-hidden {ChartStyle.Series(place)}", ("cx", atX), ("cy", atY), ("r", 5.0));
            dot.Add(SvgMarkup.Title($"{series.Name}, from score {ChartNumber.Value(point.Threshold)} on: {XLabel} {ChartNumber.Percent(point.X)}, {YLabel} {ChartNumber.Percent(point.Y)}"));
            yield return dot;
        }
    }

    private static IEnumerable<(double X, double Y, double Threshold)> Points(CurveSeries series) => series.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y));

    private static string Place(PlotFrame frame, double x, double y) => $"{SvgMarkup.Number(frame.X(x))} {SvgMarkup.Number(frame.Y(y))}";
}
