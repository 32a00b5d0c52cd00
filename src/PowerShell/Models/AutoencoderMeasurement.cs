namespace Fovea.PowerShell;

/// <summary>How good an autoencoder is.</summary>
public sealed class AutoencoderMeasurement : ModelMeasurement
{
    private readonly AutoencoderMetrics _metrics;

    internal AutoencoderMeasurement(ImageModel model, ImageDataset dataset, AutoencoderMetrics metrics)
        : base(model, dataset, metrics) => _metrics = metrics;

    /// <inheritdoc cref="AutoencoderMetrics.MeanSquaredError"/>
    public double MeanSquaredError => _metrics.MeanSquaredError;

    /// <inheritdoc cref="AutoencoderMetrics.Psnr"/>
    public double Psnr => _metrics.Psnr;

    /// <inheritdoc cref="AutoencoderMetrics.Ssim"/>
    public double Ssim => _metrics.Ssim;

    /// <inheritdoc cref="AutoencoderMetrics.NegativeElbo"/>
    public double? NegativeElbo => _metrics.NegativeElbo;

    /// <inheritdoc cref="AutoencoderMetrics.BitsPerDimension"/>
    public double? BitsPerDimension => _metrics.BitsPerDimension;

    /// <inheritdoc cref="AutoencoderMetrics.RocAuc"/>
    public double? RocAuc => _metrics.RocAuc;

    /// <inheritdoc/>
    public override double Headline => Ssim;

    /// <inheritdoc/>
    public override string HeadlineName => nameof(Ssim);
}
