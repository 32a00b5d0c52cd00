using System.Buffers.Binary;

namespace Fovea.Data;

/// <summary>The size of the upright image in a file, from its header.</summary>
internal static class ImageSize
{
    /// <summary>Where headers of all formats but JPEG end; a JPEG's may be longer by what cameras write before it.</summary>
    private const int Enough = 64;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no image of a known format, or its header is damaged.</exception>
    public static (int Width, int Height) Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096);
            var start = new byte[Enough];
            var header = start.AsSpan(0, file.ReadAtLeast(start, Enough, throwOnEndOfStream: false));
            var size = Of(header, file);
            return size is { Width: > 0, Height: > 0 } ? size : throw new InvalidDataException($"its size is {size.Width} x {size.Height}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"There is no image file '{path}'.", path, e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The size of '{path}' cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static (int Width, int Height) Of(ReadOnlySpan<byte> header, FileStream file) => ImageSignature.Of(header) switch
    {
        ImageSignature.Format.Jpeg => Jpeg(file),
        ImageSignature.Format.Png when header.Length >= 24 => Png(file, Big(header[16..]), Big(header[20..])),
        ImageSignature.Format.Pnm => Pnm(file),
        ImageSignature.Format.Other when header is [(byte)'B', ..] && header.Length >= 26 => (Little(header[18..]), Math.Abs(Little(header[22..]))),
        ImageSignature.Format.Other when header is [(byte)'G', ..] && header.Length >= 10 => (Short(header[6..]), Short(header[8..])),
        ImageSignature.Format.Other when header is [(byte)'R', ..] && header.Length >= 32 => WebP(header[12..]),
        ImageSignature.Format.Unknown => throw new InvalidDataException(ImageSignature.Describe(header)),
        _ => throw new InvalidDataException("it is cut off within its header"),
    };

    /// <summary>Segment after segment up to the frame header, over the thumbnail and color profile that may stand before it.</summary>
    private static (int Width, int Height) Jpeg(FileStream file)
    {
        var orientation = 1;
        Span<byte> marker = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        file.Position = 2;
        while (true)
        {
            file.ReadExactly(marker);
            while (marker[0] == 0xFF && marker[1] == 0xFF) // fill bytes
            {
                marker[1..].CopyTo(marker);
                file.ReadExactly(marker[3..]);
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(marker[2..]);
            if (marker[0] != 0xFF || length < 2)
                throw new InvalidDataException("its JPEG header is damaged");
            var next = file.Position - 2 + length;
            switch (marker[1])
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    file.ReadExactly(frame);
                    var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
                    return orientation >= 5 ? (height, width) : (width, height);
                case 0xE1 when orientation == 1:
                    var segment = new byte[length + 4];
                    (segment[0], segment[1]) = (0xFF, 0xD8);
                    marker.CopyTo(segment.AsSpan(2));
                    file.ReadExactly(segment.AsSpan(6, length - 2));
                    orientation = ExifOrientation.Read(segment);
                    break;
                case 0xD9 or 0xDA:
                    throw new InvalidDataException("its JPEG header has no size");
            }
            file.Position = next;
        }
    }

    /// <summary>Chunk after chunk up to the pixels, as one of them may say that the image is turned.</summary>
    private static (int Width, int Height) Png(FileStream file, int width, int height)
    {
        Span<byte> chunk = stackalloc byte[8];
        for (file.Position = 8; ;)
        {
            file.ReadExactly(chunk);
            var length = Big(chunk);
            var name = chunk[4..];
            if (length < 0 || name.SequenceEqual("IDAT"u8) || name.SequenceEqual("IEND"u8))
                return (width, height);
            var next = file.Position + length + 4;
            if (name.SequenceEqual("eXIf"u8) && length <= 1 << 16)
            {
                var content = new byte[length];
                file.ReadExactly(content);
                return ExifOrientation.ReadTiff(content) >= 5 ? (height, width) : (width, height);
            }
            file.Position = next;
        }
    }

    private static (int Width, int Height) Pnm(FileStream file)
    {
        var content = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(content);
        var header = PortablePixmap.ReadHeader(content);
        return (header.Width, header.Height);
    }

    private static (int Width, int Height) WebP(ReadOnlySpan<byte> chunk) => chunk[3] switch
    {
        (byte)'X' => (1 + (Little(chunk[12..]) & 0xFFFFFF), 1 + (Little(chunk[15..]) & 0xFFFFFF)),
        (byte)'L' => (1 + (Little(chunk[9..]) & 0x3FFF), 1 + (Little(chunk[9..]) >> 14 & 0x3FFF)),
        _ => (Short(chunk[14..]) & 0x3FFF, Short(chunk[16..]) & 0x3FFF),
    };

    private static int Big(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);

    private static int Little(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
