namespace Microsoft.ML.Data;

/// <summary>
/// Draws an image of (H, W, 4) bytes at another size. Smooth drawing enlarges with the bicubic filter of Mitchell and Netravali (1988, B = C = 1/3) and
/// shrinks with half-size steps followed by a bilinear one, as Skia does at high quality; results agree with Skia's to a few grey levels.
/// </summary>
internal static class Resampling
{
    private const int Channels = 4;

    /// <summary>Each pixel that of the nearest in the source.</summary>
    public static byte[] Nearest(ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, int width, int height)
    {
        var target = new byte[checked(width * height * Channels)]; // (H, W, 4)
        for (int y = 0, to = 0; y < height; y++)
        {
            int row = (int)((y + 0.5) * sourceHeight / height) * sourceWidth;
            for (int x = 0; x < width; x++, to += Channels)
                source.Slice((row + (int)((x + 0.5) * sourceWidth / width)) * Channels, Channels).CopyTo(target.AsSpan(to));
        }

        return target;
    }

    /// <summary>Drawn smoothly into a rectangle of an opaque black target.</summary>
    public static byte[] Draw(ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, int width, int height, ResizePlacement placement)
    {
        var target = new byte[checked(width * height * Channels)]; // (H, W, 4)
        for (int i = 3; i < target.Length; i += Channels)
            target[i] = byte.MaxValue;
        if (placement.Width <= 0 || placement.Height <= 0)
            return target;

        bool enlarges = placement.Width >= sourceWidth && placement.Height >= sourceHeight && (placement.Width, placement.Height) != (sourceWidth, sourceHeight);
        var halved = enlarges ? null : Halve(source, ref sourceWidth, ref sourceHeight, placement);
        var across = Taps(sourceWidth, placement.X, placement.Width, width, enlarges);
        var down = Taps(sourceHeight, placement.Y, placement.Height, height, enlarges);
        Blend(halved ?? source, sourceWidth, target, width, across, down);
        return target;
    }

    private static void Blend(ReadOnlySpan<byte> source, int sourceWidth, byte[] target, int width, Tap[] across, Tap[] down)
    {
        Span<float> sum = stackalloc float[Channels];
        for (int y = 0; y < down.Length; y++)
            for (int x = 0; x < across.Length; x++)
            {
                if (down[y].Weights is not { } rows || across[x].Weights is not { } columns)
                    continue;
                sum.Clear();
                for (int j = 0; j < rows.Length; j++)
                    for (int i = 0; i < columns.Length; i++)
                    {
                        float weight = rows[j] * columns[i];
                        int from = (down[y].Pixels[j] * sourceWidth + across[x].Pixels[i]) * Channels;
                        for (int c = 0; c < Channels; c++)
                            sum[c] += weight * source[from + c];
                    }

                int to = (y * width + x) * Channels;
                // A color with alpha multiplied in is never above alpha, and what shows through an opaque target is black.
                float alpha = Math.Clamp(sum[3], 0, 255);
                for (int c = 0; c < 3; c++)
                    target[to + c] = (byte)(Math.Clamp(sum[c], 0, alpha) + 0.5f);
            }
    }

    /// <summary>For each pixel of the target's row (or column) the source's pixels that it is a weighted sum of; no weights outside of the rectangle.</summary>
    private static Tap[] Taps(int sourceSize, int start, int drawn, int size, bool enlarges)
    {
        var taps = new Tap[size];
        double step = (double)sourceSize / drawn;
        for (int to = Math.Max(0, start); to < Math.Min(size, start + drawn); to++)
        {
            double centre = (to - start + 0.5) * step;
            taps[to] = enlarges ? Bicubic(centre) : Bilinear(centre);
        }

        return taps;

        int Inside(int pixel) => Math.Clamp(pixel, 0, sourceSize - 1);

        Tap Bilinear(double centre)
        {
            int left = (int)Math.Floor(centre - 0.5);
            float part = (float)(centre - 0.5 - left);
            return part == 0 ? new([Inside(left)], [1]) : new([Inside(left), Inside(left + 1)], [1 - part, part]);
        }

        Tap Bicubic(double centre)
        {
            int left = (int)Math.Floor(centre - 0.5);
            float part = (float)(centre - 0.5 - left);
            return new(
                [Inside(left - 1), Inside(left), Inside(left + 1), Inside(left + 2)],
                [Mitchell(part + 1), Mitchell(part), Mitchell(1 - part), Mitchell(2 - part)]);
        }
    }

    private static float Mitchell(float x) => x < 1
        ? (7 * x * x * x - 12 * x * x + 16 / 3f) / 6
        : (-7 / 3f * x * x * x + 12 * x * x - 20 * x + 32 / 3f) / 6;

    /// <summary>Halves the image while twice as large as it is drawn, or more; null where that is never.</summary>
    private static byte[] Halve(ReadOnlySpan<byte> source, ref int width, ref int height, ResizePlacement placement)
    {
        byte[] halved = null;
        while (width >= 2 * placement.Width && height >= 2 * placement.Height)
        {
            int w = width / 2, h = height / 2;
            var next = new byte[w * h * Channels];
            for (int y = 0; y < h; y++)
                for (int x = 0; x < w; x++)
                    for (int c = 0; c < Channels; c++)
                    {
                        int from = (2 * y * width + 2 * x) * Channels + c, below = from + width * Channels;
                        next[(y * w + x) * Channels + c] = (byte)((source[from] + source[from + Channels] + source[below] + source[below + Channels] + 2) / 4);
                    }

            source = halved = next;
            (width, height) = (w, h);
        }

        return halved;
    }

    /// <summary>Pixels of a row or column, and their weights.</summary>
    private readonly record struct Tap(int[] Pixels, float[] Weights);
}
