using System.Globalization;

namespace Fovea;

/// <summary>Mirrors a sample left to right with a probability.</summary>
internal sealed record RandomHorizontalFlip : SampleStep
{
    public double Probability { get; }

    public RandomHorizontalFlip(double probability)
    {
        StepBounds.Probability(probability, "a flip");
        Probability = probability;
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() < Probability)
            Mirror.Horizontal(sample);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"flip {Probability:0.##}");
}
