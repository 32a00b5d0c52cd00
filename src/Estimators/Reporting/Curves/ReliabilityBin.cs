namespace Fovea;

/// <summary>Predictions whose confidence (the score of the predicted class) lies in a range: how sure they were and how often they were right.</summary>
/// <param name="From">Where the range begins, 0 to 1; this confidence belongs to the range below, but for 0.</param>
/// <param name="To">Where it ends; this confidence belongs to it.</param>
/// <param name="Count">Predictions in it.</param>
/// <param name="Confidence">Their mean confidence, 0 to 1; NaN where there are none.</param>
/// <param name="Accuracy">Share of them that are right, 0 to 1; NaN where there are none.</param>
public sealed record ReliabilityBin(double From, double To, long Count, double Confidence, double Accuracy);
