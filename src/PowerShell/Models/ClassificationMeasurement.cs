namespace Fovea.PowerShell;

/// <summary>How good a classifier is.</summary>
public sealed class ClassificationMeasurement : ModelMeasurement
{
    private readonly ClassificationMetrics _metrics;

    internal ClassificationMeasurement(ImageModel model, ImageDataset dataset, ClassificationMetrics metrics)
        : base(model, dataset, metrics)
    {
        _metrics = metrics;
        ConfusionMatrix = new ConfusionTable(metrics.ClassNames, metrics.Counts);
    }

    /// <inheritdoc cref="ClassificationMetrics.Accuracy"/>
    public double Accuracy => _metrics.Accuracy;

    /// <inheritdoc cref="ClassificationMetrics.TopAccuracy"/>
    public double TopAccuracy => _metrics.TopAccuracy;

    /// <inheritdoc cref="ClassificationMetrics.MacroF1"/>
    public double MacroF1 => _metrics.MacroF1;

    /// <inheritdoc cref="ClassificationMetrics.MacroArea"/>
    public double MacroArea => _metrics.MacroArea;

    /// <inheritdoc cref="ClassificationMetrics.LogLoss"/>
    public double LogLoss => _metrics.LogLoss;

    /// <inheritdoc cref="ClassificationMetrics.ExpectedCalibrationError"/>
    public double CalibrationError => _metrics.ExpectedCalibrationError;

    /// <summary>Precision, recall, F1 and curves of each class.</summary>
    public IReadOnlyList<ClassificationClassMetrics> Classes => _metrics.Classes;

    /// <summary>Images by true and predicted class.</summary>
    public ConfusionTable ConfusionMatrix { get; }

    /// <inheritdoc/>
    public override double Headline => Accuracy;

    /// <inheritdoc/>
    public override string HeadlineName => nameof(Accuracy);
}
