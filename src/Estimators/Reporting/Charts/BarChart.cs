namespace Fovea.Reporting;

/// <summary>A bar for each of some names, from zero up or down; values that are not finite have none.</summary>
internal sealed class BarChart : IChart
{
    private const int MostLetters = 24;

    /// <summary>More bars need the width of a page.</summary>
    public const int MostInHalf = 15;

    public required string Title { get; init; }

    /// <summary>What the names are.</summary>
    public required string XLabel { get; init; }

    /// <summary>With its unit.</summary>
    public required string YLabel { get; init; }

    /// <summary>From the left.</summary>
    public required IReadOnlyList<(string Name, double Value)> Bars { get; init; }

    public string Description
    {
        get
        {
            var finite = Bars.Where(b => double.IsFinite(b.Value)).ToList();
            if (finite.Count == 0)
                return $"{Title}: no values.";
            var (lowest, highest) = (finite.MinBy(b => b.Value), finite.MaxBy(b => b.Value));
            return $"{Title}: {YLabel} of {finite.Count} {XLabel}; lowest {lowest.Name} ({ChartNumber.Value(lowest.Value)}), highest {highest.Name} ({ChartNumber.Value(highest.Value)}).";
        }
    }

    public ChartDrawing Draw(double width)
    {
        var y = ChartAxis.Linear(Bars.Select(b => b.Value).Append(0));
        // The names stand below the bars, where an axis of numbers has its ticks and its label.
        var frame = new PlotFrame(Title, ChartAxis.Between(0, Math.Max(1, Bars.Count)).WithoutTicks(), y, "", YLabel, width, [], marked: false);
        var shown = Bars.Select(b => SvgMarkup.Fit(b.Name, MostLetters)).ToList();
        var slot = (frame.Right - frame.Left) / Math.Max(1, Bars.Count);
        var longest = shown.Select(n => SvgMarkup.Width(n, 12)).DefaultIfEmpty(0).Max();
        var turned = longest > slot - 4;
        var every = (int)Math.Ceiling(13 / slot);
        foreach (var (place, (name, value)) in Bars.Index())
        {
            var middle = frame.X(place + 0.5);
            if (double.IsFinite(value))
            {
                var (top, bottom) = (frame.Y(Math.Max(value, 0)), frame.Y(Math.Min(value, 0)));
                var bar = SvgMarkup.Element("rect", $"fv-bar {ChartStyle.Series(0)}", ("x", middle - slot * 0.38), ("y", top), ("width", slot * 0.76), ("height", bottom - top));
                bar.Add(SvgMarkup.Title($"{name}: {ChartNumber.Value(value)}"));
                frame.Content.Add(bar);
            }
            if (place % every == 0)
                frame.Content.Add(turned
                    ? SvgMarkup.Text(shown[place], middle + 4, frame.Bottom + 12, "fv-label fv-x", "end", -45)
                    : SvgMarkup.Text(shown[place], middle, frame.Bottom + 17, "fv-label fv-x", "middle"));
        }
        var below = frame.Bottom + (turned ? longest * 0.71 + 14 : 20) + 14;
        frame.Content.Add(SvgMarkup.Text(XLabel, (frame.Left + frame.Right) / 2, below, "fv-label", "middle"));
        if (!Bars.Any(b => double.IsFinite(b.Value)))
            frame.SayEmpty();
        return new(frame.Content, width, below + 6);
    }
}
