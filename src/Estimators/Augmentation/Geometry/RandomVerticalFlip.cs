using System.Globalization;

namespace Fovea;

/// <summary>Mirrors a sample top to bottom with a probability.</summary>
internal sealed record RandomVerticalFlip : SampleStep
{
    public double Probability { get; }

    public RandomVerticalFlip(double probability)
    {
        StepBounds.Probability(probability, "a flip");
        Probability = probability;
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() < Probability)
            Mirror.Vertical(sample);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"vertical flip {Probability:0.##}");
}
