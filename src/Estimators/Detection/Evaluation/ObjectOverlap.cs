namespace Fovea.Detection.Evaluation;

/// <summary>How much truths and predictions cover each other, as pycocotools computes it, digit for digit.</summary>
internal static class ObjectOverlap
{
    /// <summary>Intersection over union of each prediction with each truth; over a crowd's, intersection over the prediction's own area.</summary>
    /// <param name="predictions">D of them.</param>
    /// <param name="truths">G of them.</param>
    /// <param name="edge">What is added to a side: 0 for half-open boxes, 1 where the last pixel is in the box.</param>
    /// <param name="overlaps">(D, G), to be filled.</param>
    public static void Fill(ReadOnlySpan<PredictedObject> predictions, ReadOnlySpan<TrueObject> truths, double edge, Span<double> overlaps)
    {
        for (var d = 0; d < predictions.Length; d++)
            for (var g = 0; g < truths.Length; g++)
                overlaps[d * truths.Length + g] = predictions[d].Mask is null ? OfBoxes(predictions[d], truths[g], edge) : OfMasks(predictions[d], truths[g]);
    }

    private static double OfBoxes(in PredictedObject p, in TrueObject t, double edge)
    {
        var width = Math.Min(p.X1, t.X1) - Math.Max(p.X0, t.X0) + edge;
        if (width <= 0)
            return 0;
        var height = Math.Min(p.Y1, t.Y1) - Math.Max(p.Y0, t.Y0) + edge;
        if (height <= 0)
            return 0;
        var shared = width * height;
        var found = edge == 0 ? p.BoxArea : (p.X1 - p.X0 + edge) * (p.Y1 - p.Y0 + edge);
        if (t.IsCrowd)
            return shared / found;
        var there = edge == 0 ? t.BoxArea : (t.X1 - t.X0 + edge) * (t.Y1 - t.Y0 + edge);
        return shared / (found + there - shared);
    }

    private static double OfMasks(in PredictedObject p, in TrueObject t)
    {
        var shared = p.Mask!.Shared(t.Mask!);
        return shared == 0 ? 0 : (double)shared / (t.IsCrowd ? p.Mask.Area : p.Mask.Area + t.Mask!.Area - shared);
    }
}
