namespace Fovea.Detection;

/// <summary>What a detector says of one image, D objects from the highest score down.</summary>
/// <param name="Labels">(D,), class index in [0, K).</param>
/// <param name="Scores">(D,), in [0, 1].</param>
/// <param name="Boxes">(D, 4): x0 y0 x1 y1 in pixels of the upright original.</param>
internal sealed record DetectionPrediction(int[] Labels, float[] Scores, float[] Boxes);
