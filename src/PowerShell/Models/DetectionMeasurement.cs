namespace Fovea.PowerShell;

/// <summary>How good a detector is.</summary>
public sealed class DetectionMeasurement : ModelMeasurement
{
    private readonly DetectionMetrics _metrics;

    internal DetectionMeasurement(ImageModel model, ImageDataset dataset, DetectionMetrics metrics)
        : base(model, dataset, metrics)
    {
        _metrics = metrics;
        // The detector's matrix has the background last.
        var names = metrics.Counts.GetLength(0) == metrics.ClassNames.Count ? metrics.ClassNames : [.. metrics.ClassNames, "background"];
        ConfusionMatrix = new ConfusionTable(names, metrics.Counts);
    }

    /// <inheritdoc cref="DetectionMetrics.AP"/>
    public double AP => _metrics.AP;

    /// <inheritdoc cref="DetectionMetrics.AP50"/>
    public double AP50 => _metrics.AP50;

    /// <inheritdoc cref="DetectionMetrics.AP75"/>
    public double AP75 => _metrics.AP75;

    /// <inheritdoc cref="DetectionMetrics.PrecisionAtScore"/>
    public double Precision => _metrics.PrecisionAtScore;

    /// <inheritdoc cref="DetectionMetrics.RecallAtScore"/>
    public double Recall => _metrics.RecallAtScore;

    /// <inheritdoc cref="DetectionMetrics.F1AtScore"/>
    public double F1 => _metrics.F1AtScore;

    /// <summary>Objects by true and predicted class, at the score of the evaluation; the background is last.</summary>
    public ConfusionTable ConfusionMatrix { get; }

    /// <inheritdoc/>
    public override double Headline => AP50;

    /// <inheritdoc/>
    public override string HeadlineName => nameof(AP50);
}
