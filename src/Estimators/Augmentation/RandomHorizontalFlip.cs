using System.Globalization;
using System.Runtime.InteropServices;

namespace Fovea;

/// <summary>Mirrors an image left to right with a probability.</summary>
internal sealed record RandomHorizontalFlip : IImageAugmentation
{
    public double Probability { get; }

    public RandomHorizontalFlip(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability of a flip must be 0 to 1.");
        Probability = probability;
    }

    public void Apply(Span<byte> pixels, int height, int width, int channels, Span<byte> scratch, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var stride = width * channels;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * stride, stride);
            if (channels == 1)
                row.Reverse();
            else
                MemoryMarshal.Cast<byte, Rgb>(row).Reverse();
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"flip {Probability:0.##}");

    private readonly struct Rgb
    {
#pragma warning disable CS0169 // only its size matters
        private readonly byte _r, _g, _b;
#pragma warning restore CS0169
    }
}
