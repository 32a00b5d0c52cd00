using System.Globalization;

namespace Fovea;

/// <summary>Takes the colors out of an image with a probability.</summary>
internal sealed record RandomGrey : SampleStep
{
    public double Probability { get; }

    public RandomGrey(double probability)
    {
        StepBounds.Probability(probability, "grey");
        Probability = probability;
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() < Probability && sample.Channels == 3)
            ColorFactors.Grey(sample.Pixels);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"grey {Probability:0.##}");
}
