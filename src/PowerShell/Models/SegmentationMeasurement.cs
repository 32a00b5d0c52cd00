namespace Fovea.PowerShell;

/// <summary>How good a segmenter is.</summary>
public sealed class SegmentationMeasurement : ModelMeasurement
{
    private readonly SegmentationMetrics _metrics;

    internal SegmentationMeasurement(ImageModel model, ImageDataset dataset, SegmentationMetrics metrics)
        : base(model, dataset, metrics)
    {
        _metrics = metrics;
        ConfusionMatrix = new ConfusionTable(metrics.ClassNames, metrics.Counts);
    }

    /// <inheritdoc cref="SegmentationMetrics.MeanIoU"/>
    public double MeanIoU => _metrics.MeanIoU;

    /// <inheritdoc cref="SegmentationMetrics.MeanDice"/>
    public double MeanDice => _metrics.MeanDice;

    /// <inheritdoc cref="SegmentationMetrics.PixelAccuracy"/>
    public double PixelAccuracy => _metrics.PixelAccuracy;

    /// <inheritdoc cref="SegmentationMetrics.RandFScore"/>
    public double? RandFScore => _metrics.RandFScore;

    /// <summary>Pixels by true and predicted class.</summary>
    public ConfusionTable ConfusionMatrix { get; }

    /// <inheritdoc/>
    public override double Headline => MeanIoU;

    /// <inheritdoc/>
    public override string HeadlineName => nameof(MeanIoU);
}
