using Fovea.Reporting;

namespace Fovea.Detection.Evaluation;

/// <summary>A detector's metrics as charts.</summary>
internal static class DetectionCharts
{
    public static CurveChart PrecisionRecall(DetectionMetrics metrics) => new()
    {
        Title = "Precision and recall of each class",
        XLabel = "recall",
        YLabel = "precision",
        IsStepped = true,
        Note = CurveChart.WhichShown(metrics.Classes.Count),
        Series = [.. CurveChart.Shown(metrics.Classes, c => c.VocAP).Select(c => CurveSeries.Of(c.Name, c.Curve, c.VocAP))],
    };

    /// <summary>What a page with curves says below its title.</summary>
    public static string AveragePrecision(DetectionMetrics metrics) =>
        $"mean average precision {ChartNumber.Share(metrics.VocAP)} at IoU {ChartNumber.Value(metrics.IoU)}{(CurveChart.WhichShown(metrics.Classes.Count) is { } which ? $"; {which}" : "")}";
}
