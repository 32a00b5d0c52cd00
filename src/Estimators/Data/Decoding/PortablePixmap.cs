using Fovea.Native;

namespace Fovea.Data;

/// <summary>Binary PGM and PPM (P5 and P6 of Netpbm, 8 or 16 bits), the format of many old image sets.</summary>
internal static class PortablePixmap
{
    public readonly record struct Header(int Channels, int Width, int Height, int Largest, int Start);

    /// <exception cref="InvalidDataException">The header is damaged, or the image is too large.</exception>
    public static Header ReadHeader(ReadOnlySpan<byte> file)
    {
        var channels = file[1] == (byte)'5' ? 1 : 3;
        var at = 2;
        var width = Number(file, ref at, "width");
        var height = Number(file, ref at, "height");
        var largest = Number(file, ref at, "largest value");
        if (width == 0 || height == 0)
            throw new InvalidDataException($"its size is {width} x {height}");
        if ((long)width * height > ImageRequest.DefaultMaxPixels)
            throw new InvalidDataException($"it has {width} x {height} pixels, above the limit of {ImageRequest.DefaultMaxPixels}");
        if (largest is 0 or > 65535)
            throw new InvalidDataException($"its largest value is {largest}; it must be 1 to 65535");
        at++; // one white space ends the header
        var bytes = (long)width * height * channels * (largest > 255 ? 2 : 1);
        if (file.Length - at < bytes)
            throw new InvalidDataException($"it is cut off: {bytes} bytes of pixels are announced, {Math.Max(0, file.Length - at)} are there");
        return new Header(channels, width, height, largest, at);
    }

    /// <param name="file">The whole file.</param>
    /// <param name="header">As read by <see cref="ReadHeader"/>.</param>
    /// <param name="pixels">(H, W, <paramref name="channels"/>).</param>
    /// <param name="channels">1 or 3.</param>
    public static void Decode(ReadOnlySpan<byte> file, Header header, Span<byte> pixels, int channels)
    {
        var wide = header.Largest > 255;
        var at = header.Start;
        var count = header.Width * header.Height;
        Span<byte> sample = stackalloc byte[3];
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < header.Channels; c++)
            {
                int value = file[at++];
                if (wide)
                    value = value << 8 | file[at++]; // most significant byte first
                sample[c] = header.Largest == 255 ? (byte)value : (byte)((Math.Min(value, header.Largest) * 255L + header.Largest / 2) / header.Largest);
            }
            if (header.Channels == channels)
                sample[..channels].CopyTo(pixels[(i * channels)..]);
            else if (channels == 3)
                pixels.Slice(i * 3, 3).Fill(sample[0]);
            else
                pixels[i] = PixelLayout.Luminance(sample[0], sample[1], sample[2]);
        }
    }

    private static int Number(ReadOnlySpan<byte> file, ref int at, string what)
    {
        while (at < file.Length && (file[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' || file[at] == (byte)'#'))
        {
            if (file[at] == (byte)'#')
                while (at < file.Length && file[at] != (byte)'\n')
                    at++;
            else
                at++;
        }
        var start = at;
        long value = 0;
        for (; at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && value <= int.MaxValue; at++)
            value = value * 10 + (file[at] - '0');
        if (at == start || value > int.MaxValue)
            throw new InvalidDataException($"its header has no {what}");
        return (int)value;
    }
}
