using System.Buffers.Binary;
using System.IO.Compression;
using Fovea.Storage;

namespace Fovea.Data;

/// <summary>
/// PNG with a palette or one grey channel of at most 8 bits, down to the indices, by managed code: where there is no native
/// codec nothing else keeps them (ML.NET's decoder gives colors).
/// </summary>
internal static class IndexPng
{
    public const int Grey = 0;
    public const int Palette = 3;

    /// <param name="Width">Columns as stored.</param>
    /// <param name="Height">Rows as stored.</param>
    /// <param name="Bits">Of a sample.</param>
    /// <param name="Colors">The kind of pixel: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.</param>
    /// <param name="IsInterlaced">In seven passes.</param>
    public readonly record struct Header(int Width, int Height, int Bits, int Colors, bool IsInterlaced)
    {
        public string Describe() => $"{Bits} bits of " + Colors switch { Grey => "grey", 2 => "RGB", Palette => "palette index", 4 => "grey with alpha", 6 => "RGBA", _ => $"color type {Colors}" };
    }

    /// <summary>First column and row of each pass of an interlaced image, and the steps from there.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static Header ReadHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file.Slice(12, 4).SequenceEqual("IHDR"u8))
            throw new InvalidDataException("its PNG header is cut off or damaged");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new InvalidDataException($"its size is {width} x {height}");
        if (file[24] is not (1 or 2 or 4 or 8 or 16))
            throw new InvalidDataException($"its header names {file[24]} bits a sample");
        if (file[26] != 0 || file[27] != 0 || file[28] > 1)
            throw new InvalidDataException("its header names a compression, filter or interlacing that PNG does not have");
        return new Header((int)width, (int)height, file[24], file[25], file[28] == 1);
    }

    /// <summary>Decodes the indices, turned upright where the file says how.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or too large.</exception>
    public static void Decode(ReadOnlySpan<byte> file, Header header, IndexMask mask)
    {
        var values = mask.Resize(header.Width, header.Height);
        using var compressed = new MemoryStream();
        var orientation = ReadChunks(file, compressed);
        compressed.Position = 0;
        try
        {
            using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
            if (!header.IsInterlaced)
                ReadPass(lines, header, (0, 0, 1, 1), values);
            else
                foreach (var pass in Passes)
                    ReadPass(lines, header, pass, values);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is cut off: rows are missing", e);
        }
        if (orientation == 1)
            return;
        var stored = values.ToArray();
        ExifOrientation.Apply(orientation, stored, header.Width, header.Height, 1, orientation >= 5 ? mask.Resize(header.Height, header.Width) : values);
    }

    /// <returns>The EXIF orientation.</returns>
    private static int ReadChunks(ReadOnlySpan<byte> file, MemoryStream compressed)
    {
        var orientation = 1;
        for (var at = 8; ;)
        {
            if (file.Length - at < 12)
                throw new InvalidDataException("it is cut off: the chunk that ends it is missing");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                throw new InvalidDataException("it is cut off within a chunk");
            var named = file.Slice(at + 4, 4 + (int)length);
            if (Crc32.Of(named) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                throw new InvalidDataException("the checksum of a chunk is wrong");
            var name = named[..4];
            var content = named[4..];
            if (name.SequenceEqual("IEND"u8))
                return orientation;
            if (name.SequenceEqual("IDAT"u8))
                compressed.Write(content);
            else if (name.SequenceEqual("eXIf"u8))
                orientation = ExifOrientation.ReadTiff(content);
            at += 12 + (int)length;
        }
    }

    private static void ReadPass(ZLibStream lines, Header header, (int X, int Y, int StepX, int StepY) pass, Span<byte> values)
    {
        var columns = (header.Width - pass.X + pass.StepX - 1) / pass.StepX;
        if (columns <= 0)
            return;
        // At most 8 bits a pixel, so the pixel before is the byte before.
        var line = new byte[1 + (int)(((long)columns * header.Bits + 7) / 8)];
        var above = new byte[line.Length];
        var (samples, largest) = (8 / header.Bits, (1 << header.Bits) - 1);
        for (var y = pass.Y; y < header.Height; y += pass.StepY)
        {
            lines.ReadExactly(line);
            Unfilter(line[0], line.AsSpan(1), above.AsSpan(1));
            for (var i = 0; i < columns; i++)
                values[y * header.Width + pass.X + i * pass.StepX] = (byte)(line[1 + i / samples] >> 8 - header.Bits * (1 + i % samples) & largest);
            (line, above) = (above, line);
        }
    }

    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above)
    {
        if (filter > 4)
            throw new InvalidDataException($"a row has the filter {filter}; PNG has 0 to 4");
        byte left = 0, corner = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var up = above[i];
            left = line[i] += filter switch { 1 => left, 2 => up, 3 => (byte)((left + up) / 2), 4 => Paeth(left, up, corner), _ => 0 };
            corner = up;
        }
    }

    /// <summary>Of the three neighbors the one nearest to left + up - corner, the first of them where two are as near.</summary>
    private static byte Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return (byte)(toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }
}
