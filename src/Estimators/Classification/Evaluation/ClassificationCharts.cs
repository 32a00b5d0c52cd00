using Fovea.Reporting;

namespace Fovea.Classification.Evaluation;

/// <summary>A classifier's metrics as charts.</summary>
internal static class ClassificationCharts
{
    public static CurveChart Roc(ClassificationMetrics metrics) => new()
    {
        Title = "ROC curves, each class against all others",
        XLabel = "false positive rate",
        YLabel = "true positive rate",
        HasDiagonal = true,
        Note = CurveChart.WhichShown(metrics.Classes.Count),
        Series =
        [
            Curve("all classes together", metrics.MicroRoc),
            .. CurveChart.Shown(metrics.Classes, c => c.Roc.Area).Select(c => Curve(c.Name, c.Roc)),
        ],
    };

    public static CurveChart PrecisionRecall(ClassificationMetrics metrics) => new()
    {
        Title = "Precision and recall, each class against all others",
        XLabel = "recall",
        YLabel = "precision",
        IsStepped = true,
        Note = CurveChart.WhichShown(metrics.Classes.Count),
        Series =
        [
            CurveSeries.Of("all classes together", metrics.MicroPrecisionRecall, metrics.MicroAveragePrecision),
            .. CurveChart.Shown(metrics.Classes, c => c.AveragePrecision).Select(c => CurveSeries.Of(c.Name, c.PrecisionRecall, c.AveragePrecision)),
        ],
    };

    public static ReliabilityChart Reliability(ClassificationMetrics metrics) => new(metrics.Reliability) { Title = "Confidence and how often it is right" };

    /// <summary>What a page with curves says below its title.</summary>
    public static string Areas(ClassificationMetrics metrics) => $"mean area {ChartNumber.Share(metrics.MacroArea)}, all classes together {ChartNumber.Share(metrics.MicroRoc.Area)}{Shown(metrics)}";

    /// <summary>What a page with curves of precision says below its title.</summary>
    public static string AveragePrecisions(ClassificationMetrics metrics) => $"mean average precision {ChartNumber.Share(metrics.MacroAveragePrecision)}, all classes together {ChartNumber.Share(metrics.MicroAveragePrecision)}{Shown(metrics)}";

    /// <summary>What a page with a reliability diagram says below its title.</summary>
    public static string Calibration(ClassificationMetrics metrics) =>
        $"expected calibration error {ChartNumber.Percent(metrics.ExpectedCalibrationError)}, largest {ChartNumber.Percent(metrics.MaximumCalibrationError)}, Brier score {ChartNumber.Value(metrics.BrierScore)}, log-loss {ChartNumber.Value(metrics.LogLoss)}";

    private static string Shown(ClassificationMetrics metrics) => CurveChart.WhichShown(metrics.Classes.Count) is { } which ? $"; {which}" : "";

    private static CurveSeries Curve(string name, RocCurve curve) => new(name, curve.Area,
        [.. curve.Thresholds.Select((t, i) => (curve.FalsePositiveRate[i], curve.TruePositiveRate[i], t))]);
}
