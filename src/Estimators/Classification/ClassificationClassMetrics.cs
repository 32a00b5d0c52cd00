using Fovea.Reporting;

namespace Fovea;

/// <summary>How well one class was told from the others. What has no meaning is NaN.</summary>
public sealed record ClassificationClassMetrics
{
    internal ClassificationClassMetrics(string name, long truePositives, long support, long predictions, ScoreCurves curves)
    {
        (Name, TruePositives, Support, Predictions) = (name, truePositives, support, predictions);
        (Roc, PrecisionRecall, AveragePrecision) = curves;
    }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>Rows that truly are of the class.</summary>
    public long Support { get; }

    /// <summary>Rows that were predicted as the class.</summary>
    public long Predictions { get; }

    /// <summary>Rows that both are and were predicted as the class.</summary>
    public long TruePositives { get; }

    /// <summary>Share of the class's predictions that are right, 0 to 1; 0 where rows have the class but none was predicted, NaN where none has it either.</summary>
    public double Precision => Predictions > 0 ? (double)TruePositives / Predictions : Support > 0 ? 0 : double.NaN;

    /// <summary>Share of the class's rows that were predicted as such, 0 to 1; NaN without rows.</summary>
    public double Recall => (double)TruePositives / Support;

    /// <summary>Harmonic mean of the two, 2·TP / (2·TP + FP + FN), 0 to 1; NaN where the class is neither true nor predicted.</summary>
    public double F1 => 2.0 * TruePositives / (Support + Predictions);

    /// <summary>The class against all others, by its score.</summary>
    public RocCurve Roc { get; }

    /// <summary>Precision against recall, by the class's score.</summary>
    public PrecisionRecallCurve PrecisionRecall { get; }

    /// <summary>Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores, without interpolation, 0 to 1; NaN without rows of the class.</summary>
    public double AveragePrecision { get; }
}
