using System.Globalization;

namespace Fovea;

/// <summary>Erases a rectangle of random size, shape and place (Zhong et al.: Random Erasing Data Augmentation, 2017, https://arxiv.org/abs/1708.04896), drawn as torchvision draws it.</summary>
internal sealed record RandomErasing : SampleStep
{
    /// <summary>Torchvision's: a rectangle that does not fit is drawn again, and after the tenth the image stays as it is.</summary>
    private const int Attempts = 10;

    public double Probability { get; }
    public double LeastScale { get; }
    public double MostScale { get; }
    public double LeastRatio { get; }
    public double MostRatio { get; }
    public EraseFill Fill { get; }
    public bool IgnoreInMask { get; }

    public RandomErasing(double probability, double leastScale, double mostScale, double leastRatio, double mostRatio, EraseFill fill, bool ignoreInMask)
    {
        StepBounds.Probability(probability, "an erasing");
        StepBounds.Range(leastScale, mostScale, 0, 1, "scale", "The erased share of the area");
        StepBounds.Range(leastRatio, mostRatio, 0.01, 100, "ratio", "The erased part's height over width");
        ErasedPart.Check(fill);
        (Probability, LeastScale, MostScale, LeastRatio, MostRatio, Fill, IgnoreInMask) = (probability, leastScale, mostScale, leastRatio, mostRatio, fill, ignoreInMask);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)sample.Height * sample.Width * random.Between(LeastScale, MostScale);
            // By logarithm, so that a shape and its transpose are equally likely.
            var ratio = Math.Exp(random.Between(Math.Log(LeastRatio), Math.Log(MostRatio)));
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"erase {LeastScale:0.##} to {MostScale:0.##} ({Probability:0.##})");
}
