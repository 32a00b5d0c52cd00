using Fovea.Reporting;

namespace Fovea.Classification.Reporting;

/// <summary>Curves over the scores of a classifier.</summary>
internal static class ClassificationFigures
{
    /// <summary>Classes with a curve of their own; of more the worst have one.</summary>
    private const int MostCurves = 5;

    public static IEnumerable<FigurePart> Of(ClassificationMetrics metrics)
    {
        var shown = metrics.Classes.Where(c => c.Support > 0 && c.Support < metrics.Rows).ToList();
        var worst = shown.OrderBy(c => c.AveragePrecision).Take(MostCurves).ToList();
        var which = worst.Count < shown.Count ? ", with the classes of lowest average precision" : "";
        return
        [
            new("roc", new LineChart
            {
                Title = $"ROC{which}",
                XLabel = "false positive rate",
                YLabel = "true positive rate",
                Series = [new("all", Points(metrics.MicroRoc.FalsePositiveRate, metrics.MicroRoc.TruePositiveRate)), .. worst.Select(c => new LineSeries(c.Name, Points(c.Roc.FalsePositiveRate, c.Roc.TruePositiveRate)))],
            }),
            new("precisionRecall", new LineChart
            {
                Title = $"Precision and recall{which}",
                XLabel = "recall",
                YLabel = "precision",
                Series = [new("all", Points(metrics.MicroPrecisionRecall.Recall, metrics.MicroPrecisionRecall.Precision)), .. worst.Select(c => new LineSeries(c.Name, Points(c.PrecisionRecall.Recall, c.PrecisionRecall.Precision)))],
            }),
            new("reliability", new LineChart
            {
                Title = "Reliability",
                XLabel = "confidence",
                YLabel = "accuracy",
                Series = [new("model", [.. metrics.Reliability.Where(b => b.Count > 0).Select(b => (b.Confidence, b.Accuracy))]), new("perfect", [(0, 0), (1, 1)])],
            })
            {
                Numbers = () => new System.Text.Json.Nodes.JsonArray([.. metrics.Reliability.Select(b => (System.Text.Json.Nodes.JsonNode)ReportNumbers.ByName([("from", b.From), ("to", b.To), ("count", b.Count), ("confidence", b.Confidence), ("accuracy", b.Accuracy)]))]),
            },
        ];
    }

    private static IReadOnlyList<(double, double)> Points(IReadOnlyList<double> x, IReadOnlyList<double> y) => [.. x.Zip(y)];
}
