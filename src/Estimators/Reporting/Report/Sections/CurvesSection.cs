using System.Globalization;

namespace Fovea.Reporting;

/// <summary>The run's curves, and the numbers of its epochs.</summary>
internal static class CurvesSection
{
    /// <summary>Epochs in the page's table.</summary>
    private const int MostEpochs = 100;

    public static ReportSection Of(TrainingHistory history)
    {
        if (history.Epochs.Count == 0)
            return new("curves", "Training", [new NotePart("none", "No epoch was completed, so there are no curves.")]);
        var charts = TrainingCurves.Of(history, "").Charts;
        return new("curves", "Training", [.. charts.Select((c, i) => new FigurePart(string.Create(CultureInfo.InvariantCulture, $"curve{i + 1}"), c)), Table(history)]);
    }

    private static TablePart Table(TrainingHistory history)
    {
        var training = history.Epochs.SelectMany(e => e.Training.Keys).Distinct().ToList();
        var validation = history.Epochs.SelectMany(e => e.Validation?.Keys ?? []).Distinct().ToList();
        return new("epochs", "Every epoch in numbers",
            [
                new("epoch", "epoch"),
                .. training.Select(m => new TableColumn($"training.{m}", $"{ConsoleProgress.Words(m)} (training)")),
                .. validation.Select(m => new TableColumn($"validation.{m}", $"{ConsoleProgress.Words(m)} (validation)")),
                new("learningRate", "learning rate"), new("imagesPerSecond", "images/s"), new("seconds", "duration"),
            ],
            [
                .. history.Epochs.Select(e => (IReadOnlyList<ReportValue>)
                [
                    ReportValue.Count(e.Epoch),
                    .. training.Select(m => Value(e.Training, m)),
                    .. validation.Select(m => Value(e.Validation, m)),
                    ReportValue.Measured(e.LearningRate), ReportValue.Measured(e.ImagesPerSecond), ReportValue.Time(e.Duration),
                ]),
            ])
        {
            IsFolded = true,
            Shown = TablePart.Spread(history.Epochs.Count, MostEpochs, history.BestEpoch - 1),
        };
    }

    private static ReportValue Value(IReadOnlyDictionary<string, double>? measures, string name) =>
        measures is not null && measures.TryGetValue(name, out var value) ? ReportValue.Measured(value) : ReportValue.None;
}
