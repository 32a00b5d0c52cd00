using System.Globalization;
using Fovea.Data;

namespace Fovea;

/// <summary>Shows a part of a sample, of random size, shape and place, in a fixed size.</summary>
internal sealed record RandomResizedCrop : SampleStep
{
    public double LeastScale { get; }
    public double MostScale { get; }
    public double LeastRatio { get; }
    public double MostRatio { get; }

    /// <summary>Of the result; null leaves the sample's.</summary>
    public int? Height { get; }

    /// <inheritdoc cref="Height"/>
    public int? Width { get; }

    public RandomResizedCrop(double leastScale, double mostScale, double leastRatio, double mostRatio, int? height = null, int? width = null)
    {
        StepBounds.Range(leastScale, mostScale, 0.0001, 1, "scale", "The share of the image's area");
        StepBounds.Range(leastRatio, mostRatio, 0.01, 100, "ratio", "The ratio of width to height");
        CropSize.Check(height ?? 1, width ?? 1);
        (LeastScale, MostScale, LeastRatio, MostRatio, Height, Width) = (leastScale, mostScale, leastRatio, mostRatio, height, width);
    }

    public override (int Height, int Width) SizeAfter(int height, int width) => (Height ?? height, Width ?? width);

    public override void Apply(Sample sample, Random random)
    {
        var part = Region(sample.Height, sample.Width, random);
        var (height, width) = SizeAfter(sample.Height, sample.Width);
        sample.TakeRegion(ImagePlacement.OfRegion(sample.Width, sample.Height, part.Left, part.Top, part.Right, part.Bottom, width, height));
    }

    /// <summary>
    /// Chooses the part that is seen, as torchvision's <c>RandomResizedCrop</c> does: ten tries, then the middle in the nearest
    /// shape that is allowed.
    /// </summary>
    /// <param name="height">Of the image that is cut: the sample, or the original where this is the first step.</param>
    /// <param name="width">Of the image that is cut.</param>
    /// <param name="random">Seeded by (seed, epoch, row).</param>
    /// <returns>Whole pixels of that image, half-open.</returns>
    public (int Left, int Top, int Right, int Bottom) Region(int height, int width, Random random)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var area = random.Between(LeastScale, MostScale) * height * width;
            // Evenly in the logarithm: twice as wide is as likely as twice as high.
            var ratio = Math.Exp(random.Between(Math.Log(LeastRatio), Math.Log(MostRatio)));
            var (w, h) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (w < 1 || w > width || h < 1 || h > height)
                continue;
            var (top, left) = (random.Next(height - h + 1), random.Next(width - w + 1));
            return (left, top, left + w, top + h);
        }
        var whole = (double)width / height;
        var (middleWidth, middleHeight) = (width, height);
        if (whole < LeastRatio)
            middleHeight = Math.Clamp((int)Math.Round(width / LeastRatio), 1, height);
        else if (whole > MostRatio)
            middleWidth = Math.Clamp((int)Math.Round(height * MostRatio), 1, width);
        var (x, y) = ((width - middleWidth) / 2, (height - middleHeight) / 2);
        return (x, y, x + middleWidth, y + middleHeight);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"resized crop {LeastScale:0.##} to {MostScale:0.##}, ratio {LeastRatio:0.##} to {MostRatio:0.##}");
}
