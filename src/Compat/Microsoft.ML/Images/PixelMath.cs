namespace Microsoft.ML.Data;

/// <summary>Arithmetic on the bytes of pixels.</summary>
internal static class PixelMath
{
    /// <summary>RGBA as decoded to BGRA with alpha multiplied in, in place.</summary>
    public static void MultiplyAndSwap(Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += 4)
        {
            byte red = pixels[i], blue = pixels[i + 2], alpha = pixels[i + 3];
            if (alpha == byte.MaxValue)
            {
                (pixels[i], pixels[i + 2]) = (blue, red);
                continue;
            }

            pixels[i] = Multiply(blue, alpha);
            pixels[i + 1] = Multiply(pixels[i + 1], alpha);
            pixels[i + 2] = Multiply(red, alpha);
        }
    }

    public static byte Multiply(byte value, byte alpha) => (byte)((value * alpha + 127) / 255);

    /// <summary>The color that <see cref="Multiply"/> made <paramref name="value"/> of; 0 where nothing can be seen.</summary>
    public static byte Unmultiply(byte value, byte alpha) => alpha switch
    {
        byte.MaxValue => value,
        0 => 0,
        _ => (byte)Math.Min(255, (value * 255 + alpha / 2) / alpha),
    };

    /// <summary>Luma 0.3 R + 0.59 G + 0.11 B in all three colors, alpha as it is; (H, W, 4).</summary>
    public static byte[] Grayscale(ReadOnlySpan<byte> pixels, MLPixelFormat format)
    {
        var (blue, red) = format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
        var grey = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i += 4)
        {
            float luma = 0.3f * pixels[i + red] + 0.59f * pixels[i + 1] + 0.11f * pixels[i + blue];
            grey.AsSpan(i, 3).Fill((byte)(luma + 0.5f));
            grey[i + 3] = pixels[i + 3];
        }

        return grey;
    }
}
