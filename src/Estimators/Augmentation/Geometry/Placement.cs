using System.Runtime.InteropServices;
using Fovea.Data;

namespace Fovea;

/// <summary>Lays an image into a frame, a whole number of pixels from its corner: what shifts, crops and pads have in common.</summary>
internal static class Placement
{
    /// <summary>Gives the sample a new frame: image, mask and boxes.</summary>
    /// <param name="sample">Changed in place.</param>
    /// <param name="height">H of the frame.</param>
    /// <param name="width">W of the frame.</param>
    /// <param name="top">Where the image's first row comes in the frame; negative cuts.</param>
    /// <param name="left">Where its first column comes.</param>
    /// <param name="fill">What stands beside the image.</param>
    public static void Move(Sample sample, int height, int width, int top, int left, EdgeFill fill)
    {
        var (size, frame) = ((sample.Height, sample.Width), (height, width));
        if (sample.Channels == 1)
            Copy(sample.Pixels, size, sample.SparePixels(height, width), frame, top, left, fill, fill.Luminance);
        else
            Copy(MemoryMarshal.Cast<byte, RgbPixel>(sample.Pixels), size, MemoryMarshal.Cast<byte, RgbPixel>(sample.SparePixels(height, width)), frame, top, left, fill, new RgbPixel(fill.Red, fill.Green, fill.Blue));
        if (sample.HasMask)
            Copy(sample.Mask, size, sample.SpareMask(height, width), frame, top, left, fill, Sample.Ignored);
        sample.TakeSpare(height, width);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { X0 = box.X0 + left, Y0 = box.Y0 + top, X1 = box.X1 + left, Y1 = box.Y1 + top };
        sample.ClipBoxes();
    }

    /// <param name="from">(h, w).</param>
    /// <param name="size">h and w.</param>
    /// <param name="to">(H, W).</param>
    /// <param name="frame">H and W.</param>
    /// <param name="top">Of <paramref name="from"/> in <paramref name="to"/>.</param>
    /// <param name="left">Of <paramref name="from"/> in <paramref name="to"/>.</param>
    /// <param name="fill">Beside it.</param>
    /// <param name="color">Of a fill that is a color.</param>
    private static void Copy<T>(ReadOnlySpan<T> from, (int Height, int Width) size, Span<T> to, (int Height, int Width) frame, int top, int left, EdgeFill fill, T color)
        where T : unmanaged
    {
        // An image wholly outside the frame leaves nothing but the fill.
        var begin = Math.Clamp(left, 0, frame.Width);
        var end = Math.Clamp(left + size.Width, begin, frame.Width);
        for (var y = 0; y < frame.Height; y++)
        {
            var row = to.Slice(y * frame.Width, frame.Width);
            if (fill.IsColor && (uint)(y - top) >= (uint)size.Height)
            {
                row.Fill(color);
                continue;
            }
            var source = from.Slice(Inside(y - top, size.Height, fill) * size.Width, size.Width);
            if (begin < end)
                source.Slice(begin - left, end - begin).CopyTo(row[begin..]);
            Beside(source, row, 0, begin, left, fill, color);
            Beside(source, row, end, frame.Width, left, fill, color);
        }
    }

    private static void Beside<T>(ReadOnlySpan<T> source, Span<T> row, int begin, int end, int left, EdgeFill fill, T color)
    {
        if (fill.IsColor)
            row[begin..end].Fill(color);
        else
            for (var x = begin; x < end; x++)
                row[x] = source[Inside(x - left, source.Length, fill)];
    }

    /// <summary>The place inside the image that a place beside it shows.</summary>
    private static int Inside(int at, int size, EdgeFill fill)
    {
        if (!fill.IsReflect || size == 1)
            return Math.Clamp(at, 0, size - 1);
        var period = 2 * (size - 1);
        at = Math.Abs(at) % period;
        return Math.Min(at, period - at);
    }
}
