using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fovea.Tests.Classification;

/// <summary>Pixels as a PNG file, 8 bits a channel.</summary>
internal static class Png
{
    /// <param name="pixels">(H, W, C), C 1 (grey) or 3 (RGB).</param>
    public static byte[] Encode(int width, int height, int channels, byte[] pixels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels, y * width * channels, width * channels);
            }
        }
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[checkedPart.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        checkedPart.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(checkedPart));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = ~0u;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
