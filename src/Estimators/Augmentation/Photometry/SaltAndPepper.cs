using System.Globalization;

namespace Fovea;

/// <summary>Makes a share of the pixels white or black.</summary>
internal sealed record SaltAndPepper : SampleStep
{
    public double Share { get; }
    public double Probability { get; }

    public SaltAndPepper(double share, double probability)
    {
        StepBounds.Number(share, 0, 1, nameof(share), "The share of salt and pepper");
        StepBounds.Probability(probability, "salt and pepper");
        (Share, Probability) = (share, probability);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability || Share == 0)
            return;
        var pixels = sample.Pixels;
        var channels = sample.Channels;
        // From one changed pixel to the next: a geometric distribution, so that a small share costs little.
        var untouched = Math.Log(1 - Share);
        for (var next = Gap(); next < pixels.Length / channels; next += 1 + Gap())
            pixels.Slice((int)next * channels, channels).Fill((byte)(random.Next(2) * 255));

        double Gap() => Math.Floor(Math.Log(1 - random.NextDouble()) / untouched);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"salt and pepper {Share:0.###} ({Probability:0.##})");
}
