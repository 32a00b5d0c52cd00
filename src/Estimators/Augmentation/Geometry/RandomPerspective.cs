using System.Globalization;

namespace Fovea;

/// <summary>Shows a sample as if seen from aside: each corner moves inwards.</summary>
internal sealed record RandomPerspective : SampleStep
{
    public double Distortion { get; }
    public double Probability { get; }
    public EdgeFill Fill { get; }

    public RandomPerspective(double distortion, double probability, EdgeFill fill)
    {
        // Above two thirds the moved corners can make a figure with a dent, which no perspective shows.
        if (!(distortion is >= 0 and <= 0.65))
            throw new ArgumentOutOfRangeException(nameof(distortion), distortion, "The distortion must be 0 to 0.65.");
        StepBounds.Probability(probability, "a perspective");
        (Distortion, Probability, Fill) = (distortion, probability, fill);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var (width, height) = ((double)sample.Width, (double)sample.Height);
        var (mostX, mostY) = (Distortion * width / 2, Distortion * height / 2);
        ReadOnlySpan<(double X, double Y)> corners = [(0, 0), (width, 0), (width, height), (0, height)];
        ReadOnlySpan<(double X, double Y)> moved =
        [
            (random.Between(0, mostX), random.Between(0, mostY)),
            (width - random.Between(0, mostX), random.Between(0, mostY)),
            (width - random.Between(0, mostX), height - random.Between(0, mostY)),
            (random.Between(0, mostX), height - random.Between(0, mostY)),
        ];
        Warp.Apply(sample, Homography.Between(moved, corners), Fill);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"perspective {Distortion:0.##} ({Probability:0.##})");
}
