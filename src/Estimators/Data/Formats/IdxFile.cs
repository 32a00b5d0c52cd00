using System.Buffers.Binary;
using System.IO.Compression;

namespace Fovea.Data;

/// <summary>
/// MNIST's file format: a magic number (two zero bytes, the type of element, the number of dimensions), the size of each
/// dimension as a big-endian 32-bit number, the elements. Here unsigned bytes only, plain or in gzip.
/// </summary>
internal static class IdxFile
{
    private const int UnsignedByte = 8;

    /// <summary>Deflate cannot shrink further than by this factor, so a gzip file that announces more is damaged.</summary>
    private const long LargestGzipFactor = 1032;

    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many it must have.</param>
    /// <param name="what">"images" or "labels", for messages.</param>
    public static (int[] Sizes, byte[] Elements) Read(string path, int dimensions, string what)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file of {what} '{Path.GetFullPath(path)}'.", path);
        using var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        try
        {
            using var content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            return ReadContent(content, path, dimensions, what, isGzip ? file.Length * LargestGzipFactor : file.Length);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"'{path}' is cut off before the end of its {what}. Fetch it again.", e);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith('\''))
        {
            throw new InvalidDataException($"'{path}' is a damaged gzip file: {e.Message} Fetch it again.", e);
        }
    }

    private static (int[] Sizes, byte[] Elements) ReadContent(Stream content, string path, int dimensions, string what, long most)
    {
        Span<byte> header = stackalloc byte[4 + 4 * dimensions];
        content.ReadExactly(header[..4]);
        var magic = BinaryPrimitives.ReadInt32BigEndian(header);
        var wanted = UnsignedByte << 8 | dimensions;
        if (magic != wanted)
            throw new InvalidDataException($"'{path}' begins with the magic number {magic}, but {what} in IDX format begin with {wanted}."
                + (magic is (UnsignedByte << 8 | 1) or (UnsignedByte << 8 | 3) ? " Are the files of images and labels exchanged?" : ""));
        content.ReadExactly(header[4..]);
        var sizes = new int[dimensions];
        long count = 1;
        for (var i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + 4 * i)..]);
            if (sizes[i] < 0 || i > 0 && sizes[i] == 0)
                throw new InvalidDataException($"'{path}' says that dimension {i} of its {what} is {sizes[i]}; the file is damaged.");
            // Three sizes of up to 2^31 can overflow; past what an array holds the exact product does not matter.
            count = Math.Min(count * sizes[i], long.MaxValue >> 32);
        }
        if (count > Array.MaxLength)
            throw new InvalidDataException($"'{path}' announces {string.Join(" x ", sizes)} bytes of {what}; at most {Array.MaxLength} are possible.");
        if (count > most)
            throw new InvalidDataException($"'{path}' announces {string.Join(" x ", sizes)} bytes of {what}, but is too short for that: it is cut off or damaged. Fetch it again.");
        var elements = GC.AllocateUninitializedArray<byte>((int)count);
        content.ReadExactly(elements);
        if (content.ReadByte() >= 0)
            throw new InvalidDataException($"'{path}' goes on after its {string.Join(" x ", sizes)} bytes of {what}; the header and the content disagree.");
        return (sizes, elements);
    }
}
