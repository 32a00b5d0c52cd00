using System.Globalization;

namespace Fovea;

/// <summary>Blurs an image by a Gaussian of random width.</summary>
internal sealed record GaussianBlur : SampleStep
{
    public double LowSigma { get; }
    public double HighSigma { get; }
    public double Probability { get; }

    public GaussianBlur(double lowSigma, double highSigma, double probability)
    {
        PhotometryBounds.Range(lowSigma, highSigma, nameof(lowSigma), nameof(highSigma), "a blur's sigma", 0.1, 25);
        PhotometryBounds.Probability(probability, "a blur");
        (LowSigma, HighSigma, Probability) = (lowSigma, highSigma, probability);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var sigma = LowSigma + (HighSigma - LowSigma) * random.NextDouble();
        var blurred = sample.SparePixels(sample.Height, sample.Width);
        SeparableBlur.Apply(sample.Pixels, blurred, sample.Height, sample.Width, sample.Channels, SeparableBlur.Kernel(sigma));
        blurred.CopyTo(sample.Pixels);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"blur {LowSigma:0.##} to {HighSigma:0.##} ({Probability:0.##})");
}
