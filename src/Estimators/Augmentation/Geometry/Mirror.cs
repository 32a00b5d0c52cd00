using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Mirrors and turns samples exactly: pixels change places, none is computed.</summary>
internal static class Mirror
{
    /// <summary>Left to right.</summary>
    public static void Horizontal(Sample sample)
    {
        var (height, width) = (sample.Height, sample.Width);
        if (sample.Channels == 3)
            ReverseColors(sample.PaddedPixels, sample.SparePixels(height, width), height, width);
        else
            ReverseRows(sample.Pixels, sample.SparePixels(height, width), width);
        if (sample.HasMask)
            ReverseRows(sample.Mask, sample.SpareMask(height, width), width);
        sample.TakeSpare(height, width);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { X0 = width - box.X1, X1 = width - box.X0 };
    }

    private static void ReverseRows(ReadOnlySpan<byte> from, Span<byte> to, int width)
    {
        from.CopyTo(to);
        for (; !to.IsEmpty; to = to[width..])
            to[..width].Reverse();
    }

    /// <summary>Five pixels a step. The sixteenth byte that is written belongs to the pixel that is written next.</summary>
    /// <param name="from">(H, W, 3), with padding.</param>
    /// <param name="to">(H, W, 3).</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    private static void ReverseColors(ReadOnlySpan<byte> from, Span<byte> to, int height, int width)
    {
        var order = Vector128.Create((byte)12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2, 15);
        for (var y = 0; y < height; y++)
        {
            var row = MemoryMarshal.Cast<byte, RgbPixel>(to).Slice(y * width, width);
            var source = from.Slice(y * width * 3, width * 3 + 1);
            var x = 0;
            for (; x + 6 <= width; x += 5)
                Vector128.Shuffle(Vector128.Create(source.Slice((width - 5 - x) * 3, 16)), order).CopyTo(MemoryMarshal.AsBytes(row[x..]));
            var pixels = MemoryMarshal.Cast<byte, RgbPixel>(source);
            for (; x < width; x++)
                row[x] = pixels[width - 1 - x];
        }
    }

    /// <summary>Top to bottom.</summary>
    public static void Vertical(Sample sample)
    {
        var height = sample.Height;
        SwapRows(sample.Pixels, sample.SparePixels(1, sample.Width), height);
        if (sample.HasMask)
            SwapRows(sample.Mask, sample.SpareMask(1, sample.Width), height);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { Y0 = height - box.Y1, Y1 = height - box.Y0 };
    }

    private static void SwapRows(Span<byte> pixels, Span<byte> spare, int height)
    {
        for (var y = 0; y < height / 2; y++)
        {
            var above = pixels.Slice(y * spare.Length, spare.Length);
            var below = pixels.Slice((height - 1 - y) * spare.Length, spare.Length);
            above.CopyTo(spare);
            below.CopyTo(above);
            spare.CopyTo(below);
        }
    }

    /// <summary>A quarter turn against the clock; height and width change places.</summary>
    public static void QuarterTurn(Sample sample)
    {
        var (height, width) = (sample.Height, sample.Width);
        if (sample.Channels == 1)
            Turn(sample.Pixels, sample.SparePixels(width, height), height, width);
        else
            Turn(MemoryMarshal.Cast<byte, RgbPixel>(sample.Pixels), MemoryMarshal.Cast<byte, RgbPixel>(sample.SparePixels(width, height)), height, width);
        if (sample.HasMask)
            Turn(sample.Mask, sample.SpareMask(width, height), height, width);
        sample.TakeSpare(width, height);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { X0 = box.Y0, Y0 = width - box.X1, X1 = box.Y1, Y1 = width - box.X0 };
    }

    /// <param name="from">(H, W).</param>
    /// <param name="to">(W, H).</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    private static void Turn<T>(ReadOnlySpan<T> from, Span<T> to, int height, int width)
    {
        // In tiles, so that the lines of both images that a tile touches stay in the nearest cache.
        const int tile = 32;
        for (var top = 0; top < height; top += tile)
            for (var left = 0; left < width; left += tile)
                for (var x = left; x < Math.Min(left + tile, width); x++)
                {
                    var row = to.Slice((width - 1 - x) * height + top, Math.Min(tile, height - top));
                    for (var y = 0; y < row.Length; y++)
                        row[y] = from[(top + y) * width + x];
                }
    }
}
