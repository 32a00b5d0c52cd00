namespace Fovea.Reporting;

/// <summary>A training run's history as figures.</summary>
internal static class TrainingCurves
{
    /// <summary>Values that differ by more than this factor are drawn logarithmically.</summary>
    private const double WideRange = 50;

    /// <summary>A figure for the loss and each other measure, the learning rate and the speed, over the epochs.</summary>
    /// <param name="history">Of the run.</param>
    /// <param name="title">Above all.</param>
    public static ChartPage Of(TrainingHistory history, string title)
    {
        var epochs = history.Epochs.Count;
        return new ChartPage
        {
            Title = title,
            Subtitle = $"{epochs} {(epochs == 1 ? "epoch" : "epochs")} on {history.Device} in {Words(history.Precision)}, {End(history)}",
            Charts =
            [
                .. history.Epochs.SelectMany(e => e.Training.Keys).Concat(history.Epochs.SelectMany(e => e.Validation?.Keys ?? [])).Distinct()
                    .Select(measure => Chart(history, ConsoleProgress.Words(measure), "", ("training", e => Value(e.Training, measure)), ("validation", e => Value(e.Validation, measure))))
                    .OfType<LineChart>(),
                .. new[] { Chart(history, "learning rate", "", ("learning rate", e => e.LearningRate)), Chart(history, "speed", "images/s", ("speed", e => e.ImagesPerSecond)) }.OfType<LineChart>(),
            ],
        };
    }

    /// <returns>Null where there is nothing to draw.</returns>
    private static LineChart? Chart(TrainingHistory history, string title, string unit, params (string Name, Func<EpochRecord, double> Value)[] series)
    {
        var lines = series.Select(s => new LineSeries(s.Name, [.. history.Epochs.Select(e => ((double)e.Epoch, s.Value(e)))]))
            .Where(s => s.Points.Any(p => double.IsFinite(p.Y))).ToList();
        if (lines.Count == 0)
            return null;
        var values = lines.SelectMany(l => l.Points).Select(p => p.Y).Where(double.IsFinite).ToList();
        var heading = char.ToUpperInvariant(title[0]) + title[1..];
        return new LineChart
        {
            Title = lines is [{ Name: "validation" }] ? $"{heading} (validation)" : lines is [{ Name: "training" }] ? $"{heading} (training)" : heading,
            XLabel = "epoch",
            YLabel = unit.Length > 0 ? unit : title,
            Series = lines,
            IsXWhole = true,
            IsLogarithmic = values.Min() > 0 && values.Max() > WideRange * values.Min(),
            Mark = history.BestEpoch > 0 ? (history.BestEpoch, $"model's epoch: {history.BestEpoch}") : null,
        };
    }

    private static double Value(IReadOnlyDictionary<string, double>? measures, string name) => measures is not null && measures.TryGetValue(name, out var value) ? value : double.NaN;

    private static string Words(Precision precision) => precision.ToString().ToLowerInvariant();

    private static string End(TrainingHistory history) => history.End switch
    {
        TrainingEnd.StoppedEarly => "stopped early",
        TrainingEnd.Canceled => "canceled",
        TrainingEnd.Diverged => "diverged",
        _ => "completed",
    };
}
