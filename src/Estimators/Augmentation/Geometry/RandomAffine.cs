using System.Globalization;

namespace Fovea;

/// <summary>Rotates, scales, moves and shears a sample about its middle.</summary>
internal sealed record RandomAffine : SampleStep
{
    public double Rotate { get; }
    public double LeastScale { get; }
    public double MostScale { get; }
    public double Translate { get; }
    public double Shear { get; }
    public EdgeFill Fill { get; }

    public RandomAffine(double rotate, double leastScale, double mostScale, double translate, double shear, EdgeFill fill)
    {
        if (!(rotate is >= 0 and <= 180))
            throw new ArgumentOutOfRangeException(nameof(rotate), rotate, "The largest rotation must be 0 to 180 degrees.");
        StepBounds.Range(leastScale, mostScale, 0.01, 100, "scale", "The scale");
        if (!(translate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(translate), translate, "The largest translation must be 0 to 1, a share of the image's width and height.");
        if (!(shear is >= 0 and <= 80))
            throw new ArgumentOutOfRangeException(nameof(shear), shear, "The largest shear must be 0 to 80 degrees.");
        (Rotate, LeastScale, MostScale, Translate, Shear, Fill) = (rotate, leastScale, mostScale, translate, shear, fill);
    }

    public override void Apply(Sample sample, Random random)
    {
        var degrees = random.Between(-Rotate, Rotate);
        // Whole pixels, as torchvision's: a translation alone stays sharp.
        var right = Math.Round(random.Between(-Translate, Translate) * sample.Width);
        var down = Math.Round(random.Between(-Translate, Translate) * sample.Height);
        var scale = random.Between(LeastScale, MostScale);
        var shear = random.Between(-Shear, Shear);
        Warp.Apply(sample, Homography.Affine(sample.Width * 0.5, sample.Height * 0.5, degrees, right, down, scale, shear), Fill);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"rotate {Rotate:0.##}°, scale {LeastScale:0.##} to {MostScale:0.##}, translate {Translate:0.##}, shear {Shear:0.##}°");
}
