using System.Buffers.Binary;
using System.IO.Compression;
using Fovea.Storage;

namespace Fovea.Data;

/// <summary>Indices as an 8-bit palette PNG. By managed code, as the codec that ML.NET brings writes colors only.</summary>
internal static class IndexPngWriter
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="stream">Gets the file.</param>
    /// <param name="indices">(H, W), uint8.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="palette">At most 256 colors of 3 bytes, one for each index that occurs.</param>
    /// <param name="opacities">Of the first colors, 0 to 255; the others are opaque.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> indices, int width, int height, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> opacities = default)
    {
        stream.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, IndexPng.Palette);
        Chunk(stream, "IHDR"u8, header);
        Chunk(stream, "PLTE"u8, palette);
        if (!opacities.IsEmpty)
            Chunk(stream, "tRNS"u8, opacities);
        using var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                rows.WriteByte(0); // no filter: what predicts brightness does not predict classes
                rows.Write(indices.Slice(y * width, width));
            }
        Chunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        Chunk(stream, "IEND"u8, []);
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        stream.Write(chunk);
    }
}
