namespace Fovea;

/// <summary>What <c>ml.Vision.EvaluateDetection</c> and <c>EvaluateCoco</c> compare, and how.</summary>
public sealed record DetectionEvaluation
{
    /// <summary>
    /// Column of true boxes (vector of float: x0, y0, x1, y1 of each object in pixels). Default <c>BoundingBoxes</c>. Beside it, where the
    /// view has them, <c>IsCrowd</c>, <c>IsDifficult</c>, <c>Areas</c> and <c>ImageId</c> are read, as the loaders make them.
    /// </summary>
    public string BoundingBoxColumn { get; init; } = "BoundingBoxes";

    /// <summary>Column of true classes (vector of key or text, one for each object), whose key names the classes. Default <c>Labels</c>.</summary>
    public string LabelColumn { get; init; } = "Labels";

    /// <summary>Column of predicted boxes, as <see cref="BoundingBoxColumn"/>. Default <c>PredictedBoundingBoxes</c>.</summary>
    public string PredictedBoundingBoxColumn { get; init; } = "PredictedBoundingBoxes";

    /// <summary>Column of predicted classes (vector of key or text); found among the true ones by name. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumn { get; init; } = "PredictedLabel";

    /// <summary>Column of scores (vector of float, one for each prediction). Default <c>Score</c>.</summary>
    public string ScoreColumn { get; init; } = "Score";

    /// <summary>
    /// IoU from which a prediction is right, above 0 to 1, for VOC's average precision, curves, recall, precision and the
    /// confusion matrix. COCO's figures have their own. Default 0.5.
    /// </summary>
    public double IoU { get; init; } = 0.5;

    /// <summary>Score from which a prediction counts for recall, precision, F1 and the confusion matrix. Default 0.5.</summary>
    public double Score { get; init; } = 0.5;

    /// <summary>
    /// Takes x1 and y1 as the last pixel of a box, which is one wider and higher then, as VOC's development kit does; for all
    /// figures but COCO's. Default false: boxes are half-open.
    /// </summary>
    public bool InclusivePixels { get; init; }

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    internal void ThrowIfUnusable(string parameter)
    {
        Problems().ThrowIfAny(nameof(DetectionEvaluation), parameter);
    }

    internal IEnumerable<string> Problems()
    {
        (string Name, string Column)[] columns =
        [
            (nameof(BoundingBoxColumn), BoundingBoxColumn), (nameof(LabelColumn), LabelColumn),
            (nameof(PredictedBoundingBoxColumn), PredictedBoundingBoxColumn), (nameof(PredictedLabelColumn), PredictedLabelColumn), (nameof(ScoreColumn), ScoreColumn),
        ];
        foreach (var (name, column) in columns)
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var twice in columns.Where(c => !string.IsNullOrWhiteSpace(c.Column)).GroupBy(c => c.Column).Where(g => g.Count() > 1))
            yield return $"{string.Join(" and ", twice.Select(c => c.Name))} must be different columns; they are '{twice.Key}'";
        if (!(IoU is > 0 and <= 1))
            yield return $"{nameof(IoU)} must be above 0 and at most 1; it is {IoU}";
        if (!double.IsFinite(Score))
            yield return $"{nameof(Score)} must be a finite number; it is {Score}";
    }
}
