namespace Fovea.Reporting;

/// <summary>What scores of positives and negatives are worth.</summary>
/// <param name="Roc">The receiver operating characteristic.</param>
/// <param name="PrecisionRecall">Precision against recall.</param>
/// <param name="AveragePrecision">Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores, without interpolation, 0 to 1; NaN without positives.</param>
internal sealed record ScoreCurves(RocCurve Roc, PrecisionRecallCurve PrecisionRecall, double AveragePrecision);
