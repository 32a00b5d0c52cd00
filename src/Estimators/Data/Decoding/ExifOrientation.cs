using System.Buffers.Binary;

namespace Fovea.Data;

/// <summary>
/// The orientation a camera wrote into a JPEG (EXIF tag 0x0112), for decoders that leave images as they lie. 1 upright,
/// 2 mirrored, 3 turned by 180, 4 mirrored and turned by 180, 5 to 8 with rows and columns exchanged.
/// </summary>
internal static class ExifOrientation
{
    /// <summary>1 to 8; 1 where there is none or it is damaged.</summary>
    public static int Read(ReadOnlySpan<byte> jpeg)
    {
        if (jpeg is not [0xFF, 0xD8, ..])
            return 1;
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF;)
        {
            var marker = jpeg[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (marker == 0xDA || length < 2 || at + 2 + length > jpeg.Length)
                return 1;
            var segment = jpeg.Slice(at + 4, length - 2);
            if (marker == 0xE1 && segment.StartsWith("Exif\0\0"u8))
                return ReadTiff(segment[6..]);
            at += 2 + length;
        }
        return 1;
    }

    /// <summary>1 to 8 of the TIFF structure that EXIF is; 1 where there is none or it is damaged.</summary>
    internal static int ReadTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff[0] == tiff[1] && tiff[0] is (byte)'I' or (byte)'M'))
            return 1;
        var isBig = tiff[0] == (byte)'M';
        var directory = isBig ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return 1;
        var entries = tiff[(int)directory..];
        var count = Short(entries, isBig);
        for (var i = 0; i < count && 2 + (i + 1) * 12 <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + i * 12, 12);
            if (Short(entry, isBig) == 0x0112)
                return Short(entry[8..], isBig) is var o and >= 1 and <= 8 ? o : 1;
        }
        return 1;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Turns an image upright.</summary>
    /// <param name="orientation">1 to 8; from 5 on the result has <paramref name="height"/> columns.</param>
    /// <param name="pixels">(H, W, C) as stored.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="upright">As long as <paramref name="pixels"/>.</param>
    public static void Apply(int orientation, ReadOnlySpan<byte> pixels, int width, int height, int channels, Span<byte> upright)
    {
        var turned = orientation >= 5;
        var (rows, columns) = turned ? (width, height) : (height, width);
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    8 => (width - 1 - y, x),
                    _ => (x, y),
                };
                pixels.Slice((fromY * width + fromX) * channels, channels).CopyTo(upright[((y * columns + x) * channels)..]);
            }
    }
}
