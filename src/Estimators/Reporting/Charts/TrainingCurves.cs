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
            Subtitle = $"{epochs} {(epochs == 1 ? "epoch" : "epochs")} on {history.Device} in {Words(history.Precision)}, {Words(history.End)}",
            Charts =
            [
                .. history.Epochs.SelectMany(e => e.Training.Keys).Concat(history.Epochs.SelectMany(e => e.Validation?.Keys ?? [])).Distinct()
                    .Select(measure => Chart(history, ConsoleProgress.Words(measure), "", ("training", e => Value(e.Training, measure)), ("validation", e => Value(e.Validation, measure))))
                    .OfType<LineChart>(),
                .. new[] { Chart(history, "learning rate", "", ("learning rate", e => e.LearningRate)), Chart(history, "speed", "images/s", ("speed", e => e.ImagesPerSecond)) }.OfType<LineChart>(),
            ],
        };
    }

    /// <summary>The same of several runs, a line a run: validation where there is any, else training.</summary>
    /// <param name="runs">With their names.</param>
    public static IReadOnlyList<LineChart> Of(IReadOnlyList<(string Name, TrainingHistory History)> runs)
    {
        var epochs = runs.SelectMany(r => r.History.Epochs).ToList();
        return
        [
            .. epochs.SelectMany(e => e.Training.Keys).Distinct().Select(m => Overlay(m, "training", e => e.Training)),
            .. epochs.SelectMany(e => e.Validation?.Keys ?? []).Distinct().Select(m => Overlay(m, "validation", e => e.Validation)),
        ];

        LineChart Overlay(string measure, string of, Func<EpochRecord, IReadOnlyDictionary<string, double>?> measures)
        {
            var lines = runs.Select(r => new LineSeries(r.Name, [.. r.History.Epochs.Select(e => ((double)e.Epoch, Value(measures(e), measure)))])).ToList();
            var title = ConsoleProgress.Words(measure);
            return new LineChart { Title = $"{Heading(title)} ({of})", XLabel = "epoch", YLabel = title, Series = lines, IsXWhole = true, IsLogarithmic = IsWide(lines) };
        }
    }

    /// <returns>Null where there is nothing to draw.</returns>
    private static LineChart? Chart(TrainingHistory history, string title, string unit, params (string Name, Func<EpochRecord, double> Value)[] series)
    {
        var lines = series.Select(s => new LineSeries(s.Name, [.. history.Epochs.Select(e => ((double)e.Epoch, s.Value(e)))]))
            .Where(s => s.Points.Any(p => double.IsFinite(p.Y))).ToList();
        if (lines.Count == 0)
            return null;
        var heading = Heading(title);
        return new LineChart
        {
            Title = lines is [{ Name: "validation" }] ? $"{heading} (validation)" : lines is [{ Name: "training" }] ? $"{heading} (training)" : heading,
            XLabel = "epoch",
            YLabel = unit.Length > 0 ? unit : title,
            Series = lines,
            IsXWhole = true,
            IsLogarithmic = IsWide(lines),
            Mark = history.BestEpoch > 0 ? (history.BestEpoch, $"model's epoch: {history.BestEpoch}") : null,
        };
    }

    private static string Heading(string title) => char.ToUpperInvariant(title[0]) + title[1..];

    private static bool IsWide(IEnumerable<LineSeries> lines)
    {
        var values = lines.SelectMany(l => l.Points).Select(p => p.Y).Where(double.IsFinite).ToList();
        return values.Count > 0 && values.Min() > 0 && values.Max() > WideRange * values.Min();
    }

    private static double Value(IReadOnlyDictionary<string, double>? measures, string name) => measures is not null && measures.TryGetValue(name, out var value) ? value : double.NaN;

    private static string Words(Precision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>How a run ended.</summary>
    public static string Words(TrainingEnd end) => end switch
    {
        TrainingEnd.StoppedEarly => "stopped early",
        TrainingEnd.Canceled => "canceled",
        TrainingEnd.Diverged => "diverged",
        _ => "completed",
    };
}
