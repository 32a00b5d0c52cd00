using System.Buffers.Binary;
using System.IO.Compression;
using Fovea.Storage;

namespace Fovea.Tests.Data;

/// <summary>Grey PNGs of random samples with every row filter in turn, interlaced or not: what no library here writes.</summary>
internal static class PngWriter
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static byte[] Write(int width, int height, int bits, bool isInterlaced, Random random)
    {
        // What a filter leaves of a row is as random as the row, so random bytes are rows of every filter.
        using var rows = new MemoryStream();
        foreach (var pass in isInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            var (columns, lines) = ((width - pass.X + pass.StepX - 1) / pass.StepX, (height - pass.Y + pass.StepY - 1) / pass.StepY);
            for (var y = 0; columns > 0 && y < lines; y++)
            {
                rows.WriteByte((byte)random.Next(5));
                var line = new byte[(columns * bits + 7) / 8];
                random.NextBytes(line);
                rows.Write(line);
            }
        }
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows.ToArray());
        var content = compressed.ToArray();
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[12]) = ((byte)bits, isInterlaced ? (byte)1 : (byte)0);
        // The content in two chunks, as writers with a small buffer do.
        var half = content.Length / 2;
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, content[..half]), .. Chunk("IDAT"u8, content[half..]), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + named.Length), Crc32.Of(named));
        return chunk;
    }
}
