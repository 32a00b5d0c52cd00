using System.Globalization;

namespace Fovea;

/// <summary>Erases a square around a random pixel (DeVries, Taylor: Improved Regularization of Convolutional Neural Networks with Cutout, 2017, https://arxiv.org/abs/1708.04552).</summary>
internal sealed record Cutout : SampleStep
{
    public double Side { get; }
    public double Probability { get; }
    public EraseFill Fill { get; }
    public bool IgnoreInMask { get; }

    public Cutout(double side, double probability, EraseFill fill, bool ignoreInMask)
    {
        StepBounds.Number(side, 0, 1, nameof(side), "The side of the square, as a share of the image's shorter side,");
        StepBounds.Probability(probability, "a cutout");
        ErasedPart.Check(fill);
        (Side, Probability, Fill, IgnoreInMask) = (side, probability, fill, ignoreInMask);
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var side = (int)Math.Round(Side * Math.Min(sample.Height, sample.Width));
        // The center is a pixel of the image, so the square may stand over the edge and be cut: the authors found that to matter.
        var top = random.Next(sample.Height) - side / 2;
        var left = random.Next(sample.Width) - side / 2;
        var (bottom, right) = (Math.Min(top + side, sample.Height), Math.Min(left + side, sample.Width));
        (top, left) = (Math.Max(top, 0), Math.Max(left, 0));
        if (bottom > top && right > left)
            ErasedPart.Erase(sample, top, left, bottom - top, right - left, Fill, IgnoreInMask, random);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cutout {Side:0.##} ({Probability:0.##})");
}
