using System.Globalization;

namespace Fovea;

/// <summary>Blurs an image by a Gaussian of random width.</summary>
internal sealed record GaussianBlur : SampleStep
{
    public double LeastSigma { get; }
    public double MostSigma { get; }
    public double Probability { get; }

    public GaussianBlur(double leastSigma, double mostSigma, double probability)
    {
        StepBounds.Range(leastSigma, mostSigma, 0.1, 25, "sigma", "A blur's sigma");
        StepBounds.Probability(probability, "a blur");
        (LeastSigma, MostSigma, Probability) = (leastSigma, mostSigma, probability);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var sigma = random.Between(LeastSigma, MostSigma);
        var blurred = sample.SparePixels(sample.Height, sample.Width);
        SeparableBlur.Apply(sample.Pixels, blurred, sample.Height, sample.Width, sample.Channels, SeparableBlur.Kernel(sigma));
        blurred.CopyTo(sample.Pixels);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"blur {LeastSigma:0.##} to {MostSigma:0.##} ({Probability:0.##})");
}
