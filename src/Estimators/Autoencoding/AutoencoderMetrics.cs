using System.Globalization;
using System.Text;

namespace Fovea;

/// <summary>How well images were brought back, from sums over the whole set. What the data has no column for is null.</summary>
public sealed record AutoencoderMetrics
{
    /// <summary>Images.</summary>
    public required long Rows { get; init; }

    /// <summary>D, the numbers C·H·W of an image.</summary>
    public required long Dimensions { get; init; }

    /// <summary>Z, the numbers of a code: the rate.</summary>
    public int? LatentSize { get; init; }

    /// <summary>Mean squared difference of pixels in [0, 1], reconstructions rounded to 8 bits: the distortion.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>Peak signal-to-noise ratio in dB, −10·lg of <see cref="MeanSquaredError"/>; infinite where nothing differs.</summary>
    public double Psnr => Decibels(MeanSquaredError);

    /// <summary>
    /// Mean structural similarity, at most 1 (Wang et al., 2004, https://doi.org/10.1109/TIP.2003.819861), with scikit-image's defaults: uniform windows of 7 x 7
    /// that lie within the image, sample variances, the mean of the channels. NaN for images with a side below 7.
    /// </summary>
    public required double Ssim { get; init; }

    /// <summary>The mean squared difference of the corrupted images to the clean ones.</summary>
    public double? NoisyMeanSquaredError { get; init; }

    /// <summary>The mean structural similarity of the corrupted images to the clean ones.</summary>
    public double? NoisySsim { get; init; }

    /// <summary>PSNR of the corrupted images, dB.</summary>
    public double? NoisyPsnr => NoisyMeanSquaredError is { } noisy ? Decibels(noisy) : null;

    /// <summary>dB that the reconstruction is nearer to the clean image than the corrupted one.</summary>
    public double? PsnrGain => Psnr - NoisyPsnr;

    /// <summary>Mean of −ln p(x|z) with one drawn z an image, nats.</summary>
    public double? NegativeLogLikelihood { get; init; }

    /// <summary>Mean of KL(q(z|x) ‖ p(z)), nats.</summary>
    public double? KLDivergence { get; init; }

    /// <summary>−ELBO, the sum of the two: a bound from above on −ln p(x), nats an image.</summary>
    public double? NegativeElbo => NegativeLogLikelihood + KLDivergence;

    /// <summary>The importance-weighted bound on −ln p(x), nats an image: at most <see cref="NegativeElbo"/> in expectation.</summary>
    public double? ImportanceWeightedBound { get; init; }

    /// <summary>The likelihood that the nats are of.</summary>
    public PixelLikelihood? Likelihood { get; init; }

    /// <summary>
    /// <see cref="NegativeElbo"/> in bits for each of <see cref="Dimensions"/>. Of a Gaussian likelihood, which is a density over [0, 1], the 8 bits are added that
    /// turn it into one over 256 levels; a Bernoulli one is of binary pixels and not comparable with it.
    /// </summary>
    public double? BitsPerDimension => NegativeElbo / Dimensions / Math.Log(2) + (Likelihood == PixelLikelihood.Gaussian ? 8 : 0);

    /// <summary>Area under the receiver operating characteristic of the score for anomalies, 0 to 1; NaN where all images or none are anomalies.</summary>
    public double? RocAuc { get; init; }

    /// <summary>Share of the anomalies that were taken for such, 0 to 1; NaN where there are none.</summary>
    public double? TruePositiveRate { get; init; }

    /// <summary>Share of the other images that were taken for anomalies, 0 to 1; NaN where there are none.</summary>
    public double? FalsePositiveRate { get; init; }

    /// <summary>What is known, line by line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"{Rows} images of {Dimensions} numbers{(LatentSize is { } z ? $", codes of {z}" : "")}");
        Line($"reconstruction: MSE {MeanSquaredError:0.000000}, PSNR {Psnr:0.00} dB, SSIM {Ssim:0.0000}");
        if (NoisyMeanSquaredError is { } noisy)
            Line($"corrupted input: MSE {noisy:0.000000}, PSNR {NoisyPsnr:0.00} dB, SSIM {NoisySsim:0.0000}; gained {PsnrGain:0.00} dB");
        if (NegativeElbo is { } bound)
            Line($"-ELBO {bound:0.00} nats = reconstruction {NegativeLogLikelihood:0.00} + divergence {KLDivergence:0.00}; {BitsPerDimension:0.0000} bits a dimension ({Likelihood})");
        if (ImportanceWeightedBound is { } weighted)
            Line($"importance-weighted bound {weighted:0.00} nats");
        if (RocAuc is { } auc)
            Line($"anomalies: ROC AUC {auc:0.0000}{(TruePositiveRate is { } found ? string.Create(CultureInfo.InvariantCulture, $", found {found:0.0000}, false alarms {FalsePositiveRate:0.0000}") : "")}");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static double Decibels(double error) => -10 * Math.Log10(error);
}
