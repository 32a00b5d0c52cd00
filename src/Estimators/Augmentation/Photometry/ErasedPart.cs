using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Writes over a rectangle of a sample.</summary>
internal static class ErasedPart
{
    public static void Check(EraseFill fill)
    {
        if (!Enum.IsDefined(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, $"The fill must be one of {string.Join(", ", Enum.GetNames<EraseFill>())}.");
    }

    /// <param name="sample">Changed in place; its boxes stay.</param>
    /// <param name="top">From 0.</param>
    /// <param name="left">From 0.</param>
    /// <param name="height">Within the sample.</param>
    /// <param name="width">Within the sample.</param>
    /// <param name="fill">What is written.</param>
    /// <param name="isIgnoredInMask">The mask has no class there any more.</param>
    /// <param name="random">Where noise comes from.</param>
    public static void Erase(Sample sample, int top, int left, int height, int width, EraseFill fill, bool isIgnoredInMask, Random random)
    {
        var pixels = sample.Pixels;
        var channels = sample.Channels;
        Span<byte> color = stackalloc byte[channels];
        if (fill == EraseFill.Mean)
            MeanColor(pixels, color);
        else
            color.Clear();
        for (var y = top; y < top + height; y++)
        {
            var row = pixels.Slice((y * sample.Width + left) * channels, width * channels);
            if (fill == EraseFill.Noise)
                random.NextBytes(row);
            else if (channels == 1)
                row.Fill(color[0]);
            else
                for (var x = 0; x < row.Length; x += channels)
                    color.CopyTo(row[x..]);
            if (isIgnoredInMask && sample.HasMask)
                sample.Mask.Slice(y * sample.Width + left, width).Fill(Sample.Ignored);
        }
    }

    /// <param name="pixels">(H, W, C).</param>
    /// <param name="color">(C,), written: the mean of each channel, rounded.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanColor(ReadOnlySpan<byte> pixels, Span<byte> color)
    {
        Span<long> sums = stackalloc long[color.Length];
        sums.Clear();
        var i = 0;
        if (Vector256.IsHardwareAccelerated && color.Length == 3)
        {
            ref var place = ref MemoryMarshal.GetReference(pixels);
            while (i + EightPixels.BytesRead <= pixels.Length)
            {
                // A lane of 32 bits holds the sum of eight million levels; a block has fewer.
                var end = Math.Min(pixels.Length, i + (1 << 24));
                Vector256<int> red = default, green = default, blue = default;
                for (; i + EightPixels.BytesRead <= end; i += EightPixels.Bytes)
                {
                    var eight = EightPixels.Read(ref Unsafe.Add(ref place, i));
                    red += eight.Red;
                    green += eight.Green;
                    blue += eight.Blue;
                }
                sums[0] += Vector256.Sum(red);
                sums[1] += Vector256.Sum(green);
                sums[2] += Vector256.Sum(blue);
            }
        }
        for (; i < pixels.Length; i += sums.Length)
            for (var c = 0; c < sums.Length; c++)
                sums[c] += pixels[i + c];
        var count = pixels.Length / sums.Length;
        for (var c = 0; c < sums.Length; c++)
            color[c] = (byte)((2 * sums[c] + count) / (2L * count));
    }
}
