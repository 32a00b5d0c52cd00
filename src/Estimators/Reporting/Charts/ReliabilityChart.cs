using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>
/// How often predictions of each confidence are right, beside how often they should be (the dashed line), and below how many there
/// are. Where the mean confidence of a range's predictions lies above its bar they were too sure, where within it not sure enough.
/// </summary>
/// <param name="bins">From the lowest confidence up.</param>
internal sealed class ReliabilityChart(IReadOnlyList<ReliabilityBin> bins) : IChart
{
    public string Title { get; init; } = "Reliability";

    public string Description
    {
        get
        {
            var shown = bins.Where(b => b.Count > 0).ToList();
            if (shown.Count == 0)
                return $"{Title}: no predictions.";
            var all = shown.Sum(b => b.Count);
            var (confidence, accuracy) = (shown.Sum(b => b.Count * b.Confidence) / all, shown.Sum(b => b.Count * b.Accuracy) / all);
            var worst = shown.MaxBy(b => Math.Abs(b.Accuracy - b.Confidence))!;
            return $"{Title}: share of right predictions over their confidence, {ChartNumber.Value(all)} predictions; mean confidence {ChartNumber.Percent(confidence)}, {ChartNumber.Percent(accuracy)} right. Farthest apart {Words(worst)}.";
        }
    }

    public ChartDrawing Draw(double width)
    {
        var (share, count) = (ChartAxis.Between(0, 1, 6), ChartAxis.Linear(bins.Select(b => (double)b.Count).Append(0), 3));
        var left = Math.Max(PlotFrame.LeftOf(share), PlotFrame.LeftOf(count));
        var upper = new PlotFrame(Title, ChartAxis.Between(0, 1, 6), share, "confidence (score of the predicted class)", "share right", width, ["right", "too sure", "not sure enough"], marked: false, plotHeight: 260, left);
        var lower = new PlotFrame("Predictions of this confidence", ChartAxis.Between(0, 1, 6), count, "confidence", "count", width, [], marked: false, plotHeight: 70, left);
        foreach (var bin in bins.Where(b => b.Count > 0))
        {
            upper.Content.Add(Bar(upper, bin, 0, Math.Min(bin.Accuracy, bin.Confidence), 0), Bar(upper, bin, bin.Accuracy, bin.Confidence, bin.Confidence > bin.Accuracy ? 1 : 2));
            lower.Content.Add(Bar(lower, bin, 0, bin.Count, 0));
        }
        upper.Content.Add(SvgMarkup.Element("path", "fv-mark", ("d", $"M{SvgMarkup.Number(upper.X(0))} {SvgMarkup.Number(upper.Y(0))}L{SvgMarkup.Number(upper.X(1))} {SvgMarkup.Number(upper.Y(1))}")));
        if (!bins.Any(b => b.Count > 0))
            upper.SayEmpty();
        var top = upper.Height + 12;
        lower.Content.SetAttributeValue("transform", $"translate(0 {SvgMarkup.Number(top)})");
        var content = SvgMarkup.Element("g", null);
        content.Add(upper.Content, lower.Content);
        return new(content, width, top + lower.Height);
    }

    private static XElement Bar(PlotFrame frame, ReliabilityBin bin, double from, double to, int series)
    {
        var (top, bottom) = (frame.Y(Math.Max(from, to)), frame.Y(Math.Min(from, to)));
        var bar = SvgMarkup.Element("rect", $"fv-bar {ChartStyle.Series(series)}", ("x", frame.X(bin.From) + 0.5), ("y", top), ("width", Math.Max(0.5, frame.X(bin.To) - frame.X(bin.From) - 1)), ("height", bottom - top));
        bar.Add(SvgMarkup.Title($"confidence {ChartNumber.Percent(bin.From)} to {ChartNumber.Percent(bin.To)}: {Words(bin)}"));
        return bar;
    }

    private static string Words(ReliabilityBin bin) =>
        $"{ChartNumber.Value(bin.Count)} {(bin.Count == 1 ? "prediction" : "predictions")} of mean confidence {ChartNumber.Percent(bin.Confidence)}, {ChartNumber.Percent(bin.Accuracy)} right";
}
