namespace Fovea.Detection.Evaluation;

/// <summary>
/// Counts which class was taken for which. Pairs of an object and a prediction are taken from the highest IoU down, whatever
/// their classes (of the same IoU the pair of one class first, then the higher score), each of the two once.
/// </summary>
internal sealed class DetectionConfusion(int classes, DetectionEvaluation options)
{
    private readonly double _edge = options.InclusivePixels ? 1 : 0;

    /// <summary>(K + 1, K + 1): true class [row] taken for class [column]; the last of both is the background.</summary>
    public long[,] Counts { get; } = new long[classes + 1, classes + 1];

    public void Add(EvaluatedImage image)
    {
        PredictedObject[] predictions = [.. image.Predictions.ToArray().Where(p => p.Score >= options.Score)];
        var truths = image.Truths;
        var overlaps = new double[predictions.Length * truths.Length];
        ObjectOverlap.Fill(predictions, truths, _edge, overlaps);
        var pairs = new List<(double Iou, bool SameClass, double Score, int D, int G)>();
        var isIgnored = new bool[predictions.Length];
        for (var d = 0; d < predictions.Length; d++)
            for (var g = 0; g < truths.Length; g++)
            {
                var iou = overlaps[d * truths.Length + g];
                if (iou < options.IoU)
                    continue;
                if (truths[g].IsIgnored)
                    isIgnored[d] = true;
                else
                    pairs.Add((iou, predictions[d].Label == truths[g].Label, predictions[d].Score, d, g));
            }
        var (isUsed, isFound) = (new bool[predictions.Length], new bool[truths.Length]);
        foreach (var (_, _, _, d, g) in pairs.OrderByDescending(p => p.Iou).ThenByDescending(p => p.SameClass).ThenByDescending(p => p.Score))
        {
            if (isUsed[d] || isFound[g])
                continue;
            isUsed[d] = isFound[g] = true;
            Counts[truths[g].Label, predictions[d].Label]++;
        }
        for (var d = 0; d < predictions.Length; d++)
            if (!isUsed[d] && !isIgnored[d])
                Counts[classes, predictions[d].Label]++;
        for (var g = 0; g < truths.Length; g++)
            if (!isFound[g] && !truths[g].IsIgnored)
                Counts[truths[g].Label, classes]++;
    }
}
