using System.Globalization;

namespace Fovea;

/// <summary>Erases a rectangle of random size, shape and place (Zhong et al.: Random Erasing Data Augmentation, 2017, https://arxiv.org/abs/1708.04896), drawn as torchvision draws it.</summary>
internal sealed record RandomErasing : SampleStep
{
    /// <summary>Torchvision's: a rectangle that does not fit is drawn again, and after the tenth the image stays as it is.</summary>
    private const int Attempts = 10;

    public double Probability { get; }
    public double LowScale { get; }
    public double HighScale { get; }
    public double LowRatio { get; }
    public double HighRatio { get; }
    public EraseFill Fill { get; }
    public bool IgnoreInMask { get; }

    public RandomErasing(double probability, double lowScale, double highScale, double lowRatio, double highRatio, EraseFill fill, bool ignoreInMask)
    {
        PhotometryBounds.Probability(probability, "an erasing");
        PhotometryBounds.Range(lowScale, highScale, nameof(lowScale), nameof(highScale), "the erased share of the area", 0, 1);
        PhotometryBounds.Range(lowRatio, highRatio, nameof(lowRatio), nameof(highRatio), "the erased part's height over width", 0.01, 100);
        ErasedPart.Check(fill);
        (Probability, LowScale, HighScale, LowRatio, HighRatio, Fill, IgnoreInMask) = (probability, lowScale, highScale, lowRatio, highRatio, fill, ignoreInMask);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)sample.Height * sample.Width * (LowScale + (HighScale - LowScale) * random.NextDouble());
            // By logarithm, so that a shape and its transpose are equally likely.
            var ratio = Math.Exp(Math.Log(LowRatio) + Math.Log(HighRatio / LowRatio) * random.NextDouble());
            var height = (int)Math.Round(Math.Sqrt(area * ratio));
            var width = (int)Math.Round(Math.Sqrt(area / ratio));
            if (height >= sample.Height || width >= sample.Width)
                continue;
            var top = random.Next(sample.Height - height + 1);
            var left = random.Next(sample.Width - width + 1);
            ErasedPart.Erase(sample, top, left, height, width, Fill, IgnoreInMask, random);
            return;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"erase {LowScale:0.##} to {HighScale:0.##} ({Probability:0.##})");
}
