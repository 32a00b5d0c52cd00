using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>The part that charts with axes share: heading, legend, grid, ticks and names of the axes, around the place where values go.</summary>
internal sealed class PlotFrame
{
    private const double LetterSize = 12;
    private readonly ChartAxis _x;
    private readonly ChartAxis _y;

    /// <param name="title">The heading.</param>
    /// <param name="x">Its ticks are drawn below.</param>
    /// <param name="y">Its ticks are drawn on the left.</param>
    /// <param name="xLabel">What x is, with its unit.</param>
    /// <param name="yLabel">What y is, with its unit.</param>
    /// <param name="width">Of all.</param>
    /// <param name="legend">Names of series, in the order of their colors; empty for none.</param>
    /// <param name="marked">Whether there is a line of space above for a mark's words.</param>
    /// <param name="plotHeight">Of the place where values go.</param>
    /// <param name="left">Where that begins; null for as far left as the ticks' labels leave it.</param>
    public PlotFrame(string title, ChartAxis x, ChartAxis y, string xLabel, string yLabel, double width, IReadOnlyList<string> legend, bool marked, double plotHeight = 190, double? left = null)
    {
        (_x, _y) = (x, y);
        Content.Add(SvgMarkup.Text(title, 0, 14, "fv-title"));
        Top = 26;
        if (legend.Count > 0)
            Top = DrawLegend(legend, width, Top + 8) + 12;
        if (marked)
            Top += 14;
        Left = left ?? LeftOf(y);
        Right = width - 16;
        Bottom = Top + plotHeight;

        foreach (var tick in y.Ticks)
        {
            var at = Y(tick.Value);
            Content.Add(SvgMarkup.Element("path", "fv-grid", ("d", $"M{SvgMarkup.Number(Left)} {SvgMarkup.Number(at)}H{SvgMarkup.Number(Right)}")));
            Content.Add(SvgMarkup.Text(tick.Label, Left - 6, at + 4, "fv-label fv-y", "end"));
        }
        foreach (var tick in x.Ticks)
        {
            var at = X(tick.Value);
            Content.Add(SvgMarkup.Element("path", "fv-axis", ("d", $"M{SvgMarkup.Number(at)} {SvgMarkup.Number(Bottom)}v4")));
            Content.Add(SvgMarkup.Text(tick.Label, at, Bottom + 17, "fv-label fv-x", "middle"));
        }
        Content.Add(SvgMarkup.Element("path", "fv-axis", ("d", $"M{SvgMarkup.Number(Left)} {SvgMarkup.Number(Bottom)}H{SvgMarkup.Number(Right)}")));
        Content.Add(SvgMarkup.Text(xLabel, (Left + Right) / 2, Bottom + 34, "fv-label", "middle"));
        Content.Add(SvgMarkup.Text(yLabel, 10, (Top + Bottom) / 2, "fv-label", "middle", turn: -90));
    }

    public XElement Content { get; } = SvgMarkup.Element("g", null);

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public double Height => Bottom + 40;

    /// <summary>How much room the labels of an axis on the left take.</summary>
    public static double LeftOf(ChartAxis y) => 24 + y.Ticks.Max(t => SvgMarkup.Width(t.Label, LetterSize));

    public double X(double value) => Left + _x.Place(value) * (Right - Left);

    public double Y(double value) => Bottom - _y.Place(value) * (Bottom - Top);

    /// <summary>A vertical line with words above it.</summary>
    public void Mark(double x, string words)
    {
        var at = X(x);
        Content.Add(SvgMarkup.Element("path", "fv-mark", ("d", $"M{SvgMarkup.Number(at)} {SvgMarkup.Number(Top - 4)}V{SvgMarkup.Number(Bottom)}")));
        // Words that would leave the picture end at the line instead.
        var half = SvgMarkup.Width(words, LetterSize) / 2;
        Content.Add(SvgMarkup.Text(words, Math.Clamp(at, Left + half, Math.Max(Left + half, Right - half)), Top - 8, "fv-label", "middle"));
    }

    public void SayEmpty() => Content.Add(SvgMarkup.Text("no values", (Left + Right) / 2, (Top + Bottom) / 2, "fv-label", "middle"));

    /// <returns>The base line of the last row.</returns>
    private double DrawLegend(IReadOnlyList<string> names, double width, double y)
    {
        var x = 0.0;
        foreach (var (place, name) in names.Index())
        {
            var shown = SvgMarkup.Fit(name, 40);
            var wide = 28 + SvgMarkup.Width(shown, LetterSize) + 18;
            if (x > 0 && x + wide > width)
                (x, y) = (0, y + 18);
            Content.Add(SvgMarkup.Element("path", $"fv-line {ChartStyle.Series(place)}", ("d", $"M{SvgMarkup.Number(x + 2)} {SvgMarkup.Number(y - 4)}h20")));
            Content.Add(SvgMarkup.Text(shown, x + 28, y, "fv-label fv-legend"));
            x += wide;
        }
        return y;
    }
}
