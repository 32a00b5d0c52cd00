using System.Globalization;

namespace Fovea;

/// <summary>Adds normally distributed noise, its own to every channel of every pixel.</summary>
internal sealed record GaussianNoise : SampleStep
{
    public double Deviation { get; }
    public double Probability { get; }

    public GaussianNoise(double deviation, double probability)
    {
        StepBounds.Number(deviation, 0, 255, nameof(deviation), "The noise's deviation, in levels of 255,");
        StepBounds.Probability(probability, "noise");
        (Deviation, Probability) = (deviation, probability);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() < Probability && Deviation > 0)
            NormalNoise.Add(sample.Pixels, (float)Deviation, (ulong)random.NextInt64());
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"noise of deviation {Deviation:0.##} ({Probability:0.##})");
}
