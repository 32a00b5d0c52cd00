using System.Text.Json;

namespace Fovea.Tests.Classification;

/// <summary>Predictions and what scikit-learn measures of them (tests/Reference/reporting/classification.py).</summary>
internal sealed record ScikitLearn(string Name, int Classes, float[] Scores, int[] Truth, int[] Predicted, int[] Present, long[] Counts, double Accuracy,
    double[] Precision, double[] Recall, double[] F1, long[] Support, double MacroPrecision, double MacroRecall, double MacroF1, double LogLoss, double Brier, double? Top2,
    double MicroArea, double MicroAveragePrecision, double[] BinAccuracy, double[] BinConfidence, ScikitLearn.Curve[] Curves)
{
    public static IReadOnlyList<ScikitLearn> All { get; } = JsonSerializer.Deserialize<ScikitLearn[]>(
        File.ReadAllText(TestData.Reference("reporting/classification.json")), JsonSerializerOptions.Web)!;

    /// <summary>Class names in the order of the scores.</summary>
    public string[] ClassNames => [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")];

    public List<ScoredRow> Rows => [.. Truth.Select((t, i) => new ScoredRow(t, Predicted[i], Scores[(i * Classes)..((i + 1) * Classes)]))];

    /// <summary>One class against all others: every distinct score.</summary>
    internal sealed record Curve(double[] Fpr, double[] Tpr, double[] Thresholds, double Area, double[] Precision, double[] Recall, double[] Scores, double AveragePrecision);
}
