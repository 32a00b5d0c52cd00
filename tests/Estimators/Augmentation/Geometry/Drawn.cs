using Fovea.Data;

namespace Fovea.Tests.Augmenting;

/// <summary>Samples for the geometric steps.</summary>
internal static class Drawn
{
    public static RowRandom Seeded(int seed)
    {
        var random = new RowRandom();
        random.Seed(seed, 0, 0);
        return random;
    }

    public static byte[] Noise(int length, int seed = 1)
    {
        var pixels = new byte[length];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    public static Sample Of(int height, int width, int channels, byte[] pixels, byte[]? mask = null, params SampleBox[] boxes)
    {
        var sample = new Sample(channels);
        sample.Begin(height, width, mask is not null);
        pixels.CopyTo(sample.Pixels);
        mask?.CopyTo(sample.Mask);
        sample.Boxes.AddRange(boxes);
        return sample;
    }

    /// <summary>Noise in the image and in the mask.</summary>
    public static Sample Noisy(int height, int width, int channels, params SampleBox[] boxes) =>
        Of(height, width, channels, Noise(height * width * channels), Noise(height * width, 2), boxes);

    /// <summary>A light rectangle in the dark, in the mask as class 1 of 0 and 1, with its box.</summary>
    public static Sample Rectangle(int height, int width, int channels, int x0, int y0, int x1, int y1)
    {
        var (pixels, mask) = (new byte[height * width * channels], new byte[height * width]);
        for (var y = y0; y < y1; y++)
        {
            pixels.AsSpan((y * width + x0) * channels, (x1 - x0) * channels).Fill(255);
            mask.AsSpan(y * width + x0, x1 - x0).Fill(1);
        }
        return Of(height, width, channels, pixels, mask, new SampleBox(x0, y0, x1, y1, 3));
    }

    /// <summary>The box around the pixels of class 1; null where there are none.</summary>
    public static (int X0, int Y0, int X1, int Y1)? Found(Sample sample)
    {
        var (x0, y0, x1, y1) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < sample.Height; y++)
            for (var x = 0; x < sample.Width; x++)
                if (sample.Mask[y * sample.Width + x] == 1)
                    (x0, y0, x1, y1) = (Math.Min(x0, x), Math.Min(y0, y), Math.Max(x1, x + 1), Math.Max(y1, y + 1));
        return x1 < 0 ? null : (x0, y0, x1, y1);
    }
}
