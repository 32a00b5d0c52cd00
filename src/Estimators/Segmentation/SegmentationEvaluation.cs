namespace Fovea;

/// <summary>What <c>ml.Vision.EvaluateSegmentation</c> compares, and how.</summary>
public sealed record SegmentationEvaluation
{
    /// <summary>Column of true masks, which names the classes. Default <c>Mask</c>.</summary>
    public string MaskColumn { get; init; } = "Mask";

    /// <summary>Column of predicted masks, whose pixels are class indices. Default <c>PredictedMask</c>.</summary>
    public string PredictedMaskColumn { get; init; } = "PredictedMask";

    /// <summary>
    /// Column of probabilities (K·H·W) to take instead of the predicted mask: of two classes the second is predicted where its
    /// probability is at least <see cref="Threshold"/>. Null, the default: the predicted mask.
    /// </summary>
    public string? ProbabilityColumn { get; init; }

    /// <summary>Probability of the second class from which a pixel counts as that class, in (0, 1). Default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// Also measures the foreground-restricted Rand F-score of the ISBI 2012 challenge; for two classes, whose second is that of the objects.
    /// Default false.
    /// </summary>
    public bool RandScore { get; init; }

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, column) in new[] { (nameof(MaskColumn), MaskColumn), (nameof(PredictedMaskColumn), PredictedMaskColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (MaskColumn == PredictedMaskColumn)
            yield return $"{nameof(MaskColumn)} and {nameof(PredictedMaskColumn)} must be two columns; both are '{MaskColumn}'";
        if (ProbabilityColumn is not null && string.IsNullOrWhiteSpace(ProbabilityColumn))
            yield return $"{nameof(ProbabilityColumn)} must name a column, or be null for the predicted mask; it is '{ProbabilityColumn}'";
        if (!(Threshold is > 0 and < 1))
            yield return $"{nameof(Threshold)} must lie between 0 and 1; it is {Threshold}";
    }
}
