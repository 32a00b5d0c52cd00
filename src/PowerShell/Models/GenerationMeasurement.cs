namespace Fovea.PowerShell;

/// <summary>How good a generator of images is.</summary>
public sealed class GenerationMeasurement : ModelMeasurement
{
    private readonly GenerationMetrics _metrics;

    internal GenerationMeasurement(ImageModel model, ImageDataset dataset, GenerationMetrics metrics)
        : base(model, dataset, metrics) => _metrics = metrics;

    /// <inheritdoc cref="GenerationMetrics.FrechetDistance"/>
    public double FrechetDistance => _metrics.FrechetDistance;

    /// <inheritdoc cref="GenerationMetrics.FrechetFloor"/>
    public double FrechetFloor => _metrics.FrechetFloor;

    /// <inheritdoc cref="GenerationMetrics.KernelDistance"/>
    public double KernelDistance => _metrics.KernelDistance;

    /// <inheritdoc cref="GenerationMetrics.Precision"/>
    public double Precision => _metrics.Precision;

    /// <inheritdoc cref="GenerationMetrics.Recall"/>
    public double Recall => _metrics.Recall;

    /// <inheritdoc/>
    public override double Headline => FrechetDistance;

    /// <inheritdoc/>
    public override string HeadlineName => nameof(FrechetDistance);
}
