namespace Fovea;

/// <summary>What <see cref="VisionCatalog.EvaluateClassification"/> compares, and how.</summary>
public sealed record ClassificationEvaluation
{
    /// <summary>Column of true classes (key or text); found among the scores' classes by name. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>Column of predicted classes (key or text), alike. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumn { get; init; } = "PredictedLabel";

    /// <summary>
    /// Column of the classes' probabilities, (K,) float32, whose <c>SlotNames</c> are the classes; without them the classes are
    /// those of a key label. Default <c>Score</c>.
    /// </summary>
    public string ScoreColumn { get; init; } = "Score";

    /// <summary>How many of the highest scores may hold the true class for <see cref="ClassificationMetrics.TopAccuracy"/>, at least 1. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>Ranges of confidence for the reliability diagram and the calibration errors, 1 to 1,000. Default 15, as in the paper.</summary>
    public int ReliabilityBins { get; init; } = 15;

    /// <summary>How many of the most confident mistakes are told by their rows, at least 0. Default 24.</summary>
    public int Mistakes { get; init; } = 24;

    /// <summary>
    /// Up to so many scores (rows times classes) each is kept, 4 bytes a score, and curves and areas are exact. With more, scores are
    /// counted in steps of about 3 % of their distance to 0 or 1, 14 KB a class however many rows there are, and
    /// <see cref="RocCurve.AreaError"/> says how far an area may be off. At least 0, below 2³¹. Default 16,777,216.
    /// </summary>
    public long ExactScores { get; init; } = 1 << 24;

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    internal void ThrowIfUnusable(string parameter)
    {
        Problems().ThrowIfAny(nameof(ClassificationEvaluation), parameter);
    }

    internal IEnumerable<string> Problems()
    {
        (string Name, string Column)[] columns = [(nameof(LabelColumn), LabelColumn), (nameof(PredictedLabelColumn), PredictedLabelColumn), (nameof(ScoreColumn), ScoreColumn)];
        foreach (var (name, column) in columns)
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var twice in columns.Where(c => !string.IsNullOrWhiteSpace(c.Column)).GroupBy(c => c.Column).Where(g => g.Count() > 1))
            yield return $"{string.Join(" and ", twice.Select(c => c.Name))} must be different columns; they are '{twice.Key}'";
        if (Top < 1)
            yield return $"{nameof(Top)} must be at least 1; it is {Top}";
        if (ReliabilityBins is < 1 or > 1000)
            yield return $"{nameof(ReliabilityBins)} must be 1 to 1,000; it is {ReliabilityBins}";
        if (Mistakes < 0)
            yield return $"{nameof(Mistakes)} must be at least 0; it is {Mistakes}";
        if (ExactScores is < 0 or > int.MaxValue)
            yield return $"{nameof(ExactScores)} must be at least 0 and below 2,147,483,648; it is {ExactScores}";
    }
}
