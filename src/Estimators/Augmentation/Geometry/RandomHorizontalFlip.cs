using System.Globalization;
using System.Runtime.InteropServices;

namespace Fovea;

/// <summary>Mirrors a sample left to right with a probability.</summary>
internal sealed record RandomHorizontalFlip : SampleStep
{
    public double Probability { get; }

    public RandomHorizontalFlip(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability of a flip must be 0 to 1.");
        Probability = probability;
    }

    public override void Apply(Sample sample, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var (width, stride) = (sample.Width, sample.Width * sample.Channels);
        for (var y = 0; y < sample.Height; y++)
        {
            var row = sample.Pixels.Slice(y * stride, stride);
            if (sample.Channels == 1)
                row.Reverse();
            else
                MemoryMarshal.Cast<byte, Rgb>(row).Reverse();
            if (sample.HasMask)
                sample.Mask.Slice(y * width, width).Reverse();
        }
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { X0 = width - box.X1, X1 = width - box.X0 };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"flip {Probability:0.##}");

    private readonly struct Rgb
    {
#pragma warning disable CS0169 // only its size matters
        private readonly byte _r, _g, _b;
#pragma warning restore CS0169
    }
}
