namespace Fovea.Reporting;

/// <summary>How often values lie in ranges of one width, whose ends are round numbers; values that are not finite are left out.</summary>
internal sealed class HistogramChart : IChart
{
    public required string Title { get; init; }

    /// <summary>What the values are, with their unit.</summary>
    public required string XLabel { get; init; }

    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The most ranges, at least 2.</summary>
    public int MostBins { get; init; } = 40;

    /// <summary>A value to point out, as a threshold, and the words for it; null for none.</summary>
    public (double X, string Words)? Mark { get; init; }

    public string Description
    {
        get
        {
            var finite = Values.Where(double.IsFinite).Order().ToList();
            var left = Values.Count - finite.Count;
            return $"{Title}: {finite.Count} {(finite.Count == 1 ? "value" : "values")} of {XLabel}"
                + (finite.Count == 0 ? "" : $", from {ChartNumber.Value(finite[0])} to {ChartNumber.Value(finite[^1])}, median {ChartNumber.Value(finite[finite.Count / 2])}")
                + (left == 0 ? "." : $"; {left} not finite and left out.")
                + (Mark is { } mark ? $" Marked: {mark.Words}." : "");
        }
    }

    /// <summary>The ranges, half-open but for the last, and their counts; none where there are no finite values.</summary>
    public IReadOnlyList<(double From, double To, int Count)> Bins()
    {
        var finite = Values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return [];
        var (min, max) = (finite.Min(), finite.Max());
        if (max - min <= 1e-9 * Math.Max(Math.Abs(min), Math.Abs(max)))
            (min, max) = min == 0 ? (-0.5, 0.5) : (min - 0.1 * Math.Abs(min), max + 0.1 * Math.Abs(max));
        // So many ticks have one range less between them, which the rounding outward of the ends may add.
        var step = AxisTicks.Step(min, max, MostBins);
        var edges = AxisTicks.Multiples(Math.Floor(min / step) * step, Math.Ceiling(max / step) * step, step);
        var counts = new int[edges.Length - 1];
        foreach (var value in finite)
        {
            var at = Array.BinarySearch(edges, value);
            counts[Math.Clamp(at >= 0 ? at : ~at - 1, 0, counts.Length - 1)]++;
        }
        return [.. counts.Select((count, i) => (edges[i], edges[i + 1], count))];
    }

    public ChartDrawing Draw(double width)
    {
        var bins = Bins();
        IEnumerable<double> ends = bins.Count == 0 ? [0, 1] : [bins[0].From, bins[^1].To];
        if (Mark is { } threshold && double.IsFinite(threshold.X))
            ends = ends.Append(threshold.X);
        var x = ChartAxis.Between(ends.Min(), ends.Max());
        var y = ChartAxis.Linear(bins.Select(b => (double)b.Count).Append(0));
        var frame = new PlotFrame(Title, x, y, XLabel, "count", width, [], Mark is not null);
        foreach (var (from, to, count) in bins.Where(b => b.Count > 0))
        {
            var bar = SvgMarkup.Element("rect", $"fv-bar {ChartStyle.Series(0)}",
                ("x", frame.X(from) + 0.5), ("y", frame.Y(count)), ("width", Math.Max(0.5, frame.X(to) - frame.X(from) - 1)), ("height", frame.Bottom - frame.Y(count)));
            bar.Add(SvgMarkup.Title($"{ChartNumber.Value(from)} to {ChartNumber.Value(to)}: {ChartNumber.Value(count)}"));
            frame.Content.Add(bar);
        }
        if (Mark is { } mark && double.IsFinite(mark.X))
            frame.Mark(mark.X, mark.Words);
        if (bins.Count == 0)
            frame.SayEmpty();
        return new(frame.Content, width, frame.Height);
    }
}
