using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Data;

/// <summary>
/// The order of bytes in memory: interleaved (H, W, C), planes (C, H, W), four bytes a pixel. Its loops are optimized at once: a
/// small set would be through before the runtime found them hot.
/// </summary>
internal static class PixelLayout
{
    /// <summary>0.299 R + 0.587 G + 0.114 B in 16-bit fixed point with rounding, as Pillow's convert("L").</summary>
    public static byte Luminance(int r, int g, int b) => (byte)((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);

    /// <summary>From four bytes a pixel; alpha is dropped.</summary>
    /// <param name="pixels">B, G, R, A or R, G, B, A.</param>
    /// <param name="isBgra">Which of the two.</param>
    /// <param name="destination">(H, W, <paramref name="channels"/>).</param>
    /// <param name="channels">1 or 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromFourBytes(ReadOnlySpan<byte> pixels, bool isBgra, Span<byte> destination, int channels)
    {
        var count = pixels.Length / 4;
        var (red, blue) = isBgra ? (2, 0) : (0, 2);
        if (channels == 1)
        {
            for (var i = 0; i < count; i++)
            {
                var pixel = pixels.Slice(i * 4, 4);
                destination[i] = Luminance(pixel[red], pixel[1], pixel[blue]);
            }
            return;
        }
        for (var i = 0; i < count; i++)
        {
            var pixel = pixels.Slice(i * 4, 4);
            var to = destination.Slice(i * 3, 3);
            to[2] = pixel[blue];
            to[1] = pixel[1];
            to[0] = pixel[red];
        }
    }

    /// <summary>(H, W, 3) to (3, H, W).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToPlanes(ReadOnlySpan<byte> interleaved, Span<byte> planes)
    {
        var count = interleaved.Length / 3;
        var red = planes[..count];
        var green = planes.Slice(count, count);
        var blue = planes.Slice(2 * count, count);
        var i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // Four pixels of 12 bytes become R R R R G G G G B B B B; 16 bytes are loaded.
            var order = Vector128.Create((byte)0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 0, 0, 0, 0);
            for (; i + 6 <= count; i += 4)
            {
                var sorted = Vector128.Shuffle(Vector128.Create(interleaved.Slice(i * 3, 16)), order).AsUInt32();
                BitConverter.TryWriteBytes(red[i..], sorted[0]);
                BitConverter.TryWriteBytes(green[i..], sorted[1]);
                BitConverter.TryWriteBytes(blue[i..], sorted[2]);
            }
        }
        for (; i < count; i++)
        {
            red[i] = interleaved[i * 3];
            green[i] = interleaved[i * 3 + 1];
            blue[i] = interleaved[i * 3 + 2];
        }
    }
}
