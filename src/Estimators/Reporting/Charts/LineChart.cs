using System.Text;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Values over numbers, one line a series.</summary>
internal sealed class LineChart : IChart
{
    /// <summary>A series with more points shows them only where the pointer is.</summary>
    private const int MostDots = 60;

    /// <summary>So many points of a series tell their value; of more, evenly spread ones do.</summary>
    private const int MostTitles = 500;

    public required string Title { get; init; }

    /// <summary>With its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>With its unit.</summary>
    public required string YLabel { get; init; }

    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>A value of x to point out, and the words for it; null for none.</summary>
    public (double X, string Words)? Mark { get; init; }

    /// <summary>Ten times as much is as far everywhere; values of 0 and below are gaps.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether x counts something.</summary>
    public bool IsXWhole { get; init; }

    public string Description
    {
        get
        {
            var text = new StringBuilder($"{Title}: {YLabel} over {XLabel}{(IsLogarithmic ? ", logarithmic" : "")}.");
            foreach (var series in Series)
            {
                var values = series.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
                text.Append(values.Count == 0 ? $" {series.Name}: no values."
                    : $" {series.Name}: {values.Count} {(values.Count == 1 ? "value" : "values")}, first {ChartNumber.Value(values[0].Y)}, last {ChartNumber.Value(values[^1].Y)}, lowest {ChartNumber.Value(values.Min(p => p.Y))}, highest {ChartNumber.Value(values.Max(p => p.Y))}.");
            }
            return (Mark is { } mark ? text.Append($" Marked: {mark.Words}.") : text).ToString();
        }
    }

    public ChartDrawing Draw(double width)
    {
        var xs = Series.SelectMany(s => s.Points).Select(p => p.X);
        var ys = Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.X)).Select(p => p.Y);
        var x = IsXWhole ? ChartAxis.Whole(xs) : ChartAxis.Linear(xs, 8);
        var y = IsLogarithmic ? ChartAxis.Logarithmic(ys) : ChartAxis.Linear(ys);
        var frame = new PlotFrame(Title, x, y, XLabel, YLabel, width, Series.Count > 1 ? [.. Series.Select(s => s.Name)] : [], Mark is not null);
        if (Mark is { } mark && double.IsFinite(mark.X))
            frame.Mark(mark.X, mark.Words);
        // All lines before all points, so that no line hides another's values.
        foreach (var (place, series) in Series.Index())
            frame.Content.Add(SvgMarkup.Element("path", $"fv-line {ChartStyle.Series(place)}", ("d", Path(series, frame, y))));
        foreach (var (place, series) in Series.Index())
            frame.Content.Add(Dots(series, place, frame, y));
        if (!Series.SelectMany(s => s.Points).Any(p => IsShown(p, y)))
            frame.SayEmpty();
        return new(frame.Content, width, frame.Height);
    }

    private static bool IsShown((double X, double Y) point, ChartAxis y) => double.IsFinite(point.X) && y.Holds(point.Y);

    private static string Path(LineSeries series, PlotFrame frame, ChartAxis y)
    {
        var path = new StringBuilder();
        var joined = false;
        foreach (var point in SeriesThinning.ByColumn(series.Points, p => (int)Math.Floor(frame.X(p.X)), p => IsShown(p, y)))
        {
            if (IsShown(point, y))
                path.Append(joined ? 'L' : 'M').Append(SvgMarkup.Number(frame.X(point.X))).Append(' ').Append(SvgMarkup.Number(frame.Y(point.Y)));
            joined = IsShown(point, y);
        }
        return path.ToString();
    }

    private IEnumerable<XElement> Dots(LineSeries series, int place, PlotFrame frame, ChartAxis y)
    {
        var every = (series.Points.Count + MostTitles - 1) / MostTitles;
        var shown = Enumerable.Range(0, series.Points.Count).Where(i => IsShown(series.Points[i], y)).ToList();
        var (lowest, highest) = shown.Count == 0 ? (-1, -1) : (shown.MinBy(i => series.Points[i].Y), shown.MaxBy(i => series.Points[i].Y));
        for (var i = 0; i < series.Points.Count; i++)
        {
            var point = series.Points[i];
            if (!IsShown(point, y))
                continue;
            // A point between two gaps has no line that would show it.
            var isAlone = !(i > 0 && IsShown(series.Points[i - 1], y)) && !(i + 1 < series.Points.Count && IsShown(series.Points[i + 1], y));
            var isMarked = Mark is { } mark && mark.X == point.X;
            if (i % every != 0 && i != series.Points.Count - 1 && i != lowest && i != highest && !isAlone && !isMarked)
                continue;
            var isVisible = series.Points.Count <= MostDots || isAlone || isMarked;
            var dot = SvgMarkup.Element("circle", $"{(isVisible ? "fv-dot" : "fv-hidden")} {ChartStyle.Series(place)}",
                ("cx", frame.X(point.X)), ("cy", frame.Y(point.Y)), ("r", isMarked ? 4.5 : isVisible ? 3.0 : 5.0));
            dot.Add(SvgMarkup.Title($"{(Series.Count > 1 ? $"{series.Name}, " : "")}{XLabel} {ChartNumber.Value(point.X)}: {ChartNumber.Value(point.Y)}"));
            yield return dot;
        }
    }
}
