using System.Globalization;

namespace Fovea;

/// <summary>Changes brightness, contrast, saturation and hue by random amounts, in random order, as torchvision's ColorJitter does.</summary>
internal sealed record ColorJitter : SampleStep
{
    public double Brightness { get; }
    public double Contrast { get; }
    public double Saturation { get; }
    public double Hue { get; }
    public double Probability { get; }

    public ColorJitter(double brightness, double contrast, double saturation, double hue, double probability)
    {
        StepBounds.Number(brightness, 0, 10, nameof(brightness), "The change of brightness");
        StepBounds.Number(contrast, 0, 10, nameof(contrast), "The change of contrast");
        StepBounds.Number(saturation, 0, 10, nameof(saturation), "The change of saturation");
        StepBounds.Number(hue, 0, 0.5, nameof(hue), "The turn of the hue");
        StepBounds.Probability(probability, "a color jitter");
        (Brightness, Contrast, Saturation, Hue, Probability) = (brightness, contrast, saturation, hue, probability);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        Span<int> order = [0, 1, 2, 3];
        random.Shuffle(order);
        var brightness = Factor(Brightness, random);
        var contrast = Factor(Contrast, random);
        var saturation = Factor(Saturation, random);
        var turn = random.Between(-Hue, Hue);
        foreach (var change in order)
            Change(sample, change, brightness, contrast, saturation, turn);
    }

    private static void Change(Sample sample, int change, float brightness, float contrast, float saturation, double turn)
    {
        if (change == 0)
            ColorFactors.Brightness(sample.Pixels, brightness);
        else if (change == 1)
            ColorFactors.Contrast(sample.Pixels, sample.Channels, contrast);
        else if (sample.Channels == 3 && change == 2)
            ColorFactors.Saturation(sample.Pixels, saturation);
        else if (sample.Channels == 3)
            HueTurn.Apply(sample.Pixels, (byte)(int)(turn * 255));
    }

    private static float Factor(double amount, Random random)
    {
        var least = Math.Max(0, 1 - amount);
        return (float)random.Between(least, 1 + amount);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"colors (brightness {Brightness:0.##}, contrast {Contrast:0.##}, saturation {Saturation:0.##}, hue {Hue:0.###}, {Probability:0.##})");
}
