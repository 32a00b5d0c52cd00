using System.Globalization;

namespace Fovea;

/// <summary>Says for the steps behind it how much of an object must be visible.</summary>
internal sealed record VisibleBoxes : SampleStep
{
    public double LeastVisible { get; }

    public VisibleBoxes(double leastVisible)
    {
        if (!(leastVisible > 0 && leastVisible <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastVisible), leastVisible, "The least visible share of a box must be above 0, to 1.");
        LeastVisible = leastVisible;
    }

    public override void Apply(Sample sample, Random random) => sample.LeastVisible = (float)LeastVisible;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"boxes visible to {LeastVisible:0.##}");
}
