namespace Fovea.Native;

/// <summary>JPEG and PNG, decoded and encoded by libjpeg-turbo and libpng; from any thread. Needs libfovea_image, not LibTorch.</summary>
public static unsafe class ImageCodec
{
    /// <summary>Whether libfovea_image could be loaded.</summary>
    public static bool IsAvailable => WhyNotAvailable is null;

    /// <summary>Why not, and what to do about it; null where it is available.</summary>
    public static string? WhyNotAvailable => NativeLibraries.WhyNot(NativeLibraries.Image);

    /// <summary>Reads the header only.</summary>
    /// <exception cref="NativeException">It is neither a JPEG nor a PNG, or its header is broken.</exception>
    public static ImageHeader Probe(ReadOnlySpan<byte> file)
    {
        ImageHeader header;
        fixed (byte* bytes = file)
        {
            Check(Exports.fovea_image_probe(bytes, (nuint)file.Length, &header));
        }

        return header;
    }

    /// <summary>The size that decoding with this request will give.</summary>
    /// <exception cref="NativeException">The file is broken or too large.</exception>
    public static (int Width, int Height) Size(ReadOnlySpan<byte> file, ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var native = request.ToNative();
        int width, height;
        fixed (byte* bytes = file)
        {
            Check(Exports.fovea_image_size(bytes, (nuint)file.Length, &native, &width, &height));
        }

        return (width, height);
    }

    /// <summary>Decodes into the caller's memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="pixels">Room for the rows; <see cref="Size"/> says how many of which width.</param>
    /// <param name="stride">Bytes from a row to the next; 0: the row's own bytes.</param>
    /// <exception cref="NativeException">The file is broken, truncated or too large, or the room does not suffice.</exception>
    public static void Decode(ReadOnlySpan<byte> file, ImageRequest request, Span<byte> pixels, int stride = 0)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        var native = request.ToNative();
        fixed (byte* bytes = file)
        fixed (byte* pixel = pixels)
        {
            Check(Exports.fovea_image_decode(bytes, (nuint)file.Length, &native, pixel, (nuint)stride, (nuint)pixels.Length));
        }
    }

    /// <summary>Decodes into a new array: rows without gaps, channels interleaved.</summary>
    /// <exception cref="NativeException">The file is broken, truncated or too large.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> file, ImageRequest request, out int width, out int height)
    {
        (width, height) = Size(file, request);
        var length = (long)width * height * (int)request.Channels;
        if (length > Array.MaxLength)
        {
            throw new NativeException(NativeStatus.TooLarge, $"{width} x {height} pixels of {(int)request.Channels} bytes do not fit an array");
        }

        var pixels = GC.AllocateUninitializedArray<byte>((int)length);
        Decode(file, request, pixels);
        return pixels;
    }

    /// <summary>Encodes pixels.</summary>
    /// <param name="format">JPEG takes grey and RGB, PNG also RGBA.</param>
    /// <param name="pixels">Rows of interleaved channels.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="quality">JPEG: 1 to 100. PNG: the effort of compression, 0 to 9. -1: 90 and 6.</param>
    /// <param name="stride">Bytes from a row to the next; 0: the row's own bytes.</param>
    /// <exception cref="NativeException">A number is out of range.</exception>
    public static byte[] Encode(ImageFileFormat format, ReadOnlySpan<byte> pixels, int width, int height, PixelChannels channels, int quality = -1, int stride = 0)
    {
        CheckRoom(pixels.Length, width, height, (int)channels, stride);
        byte* encoded;
        nuint length;
        fixed (byte* pixel = pixels)
        {
            Check(Exports.fovea_image_encode((int)format, pixel, width, height, (int)channels, (nuint)stride, quality, &encoded, &length));
        }

        return Take(encoded, length);
    }

    /// <summary>Encodes class indices as an 8-bit palette PNG, or as a grey one.</summary>
    /// <param name="indices">Rows of indices.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="palette">Up to 256 colors of 3 bytes, more than the largest index; none for a grey PNG.</param>
    /// <param name="stride">Bytes from a row to the next; 0: <paramref name="width"/>.</param>
    /// <exception cref="NativeException">A number is out of range, or an index has no color.</exception>
    public static byte[] EncodeIndex(ReadOnlySpan<byte> indices, int width, int height, ReadOnlySpan<byte> palette = default, int stride = 0)
    {
        CheckRoom(indices.Length, width, height, 1, stride);
        if (palette.Length % 3 != 0)
        {
            throw new ArgumentException($"A palette has 3 bytes a color; {palette.Length} bytes were given", nameof(palette));
        }

        byte* encoded;
        nuint length;
        fixed (byte* index = indices)
        fixed (byte* color = palette)
        {
            Check(Exports.fovea_image_encode_index(index, width, height, (nuint)stride, color, palette.Length / 3, &encoded, &length));
        }

        return Take(encoded, length);
    }

    /// <summary>The native side cannot know how long the caller's memory is.</summary>
    private static void CheckRoom(int length, int width, int height, int channels, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        var row = (long)width * channels;
        var wanted = ((stride == 0 ? row : stride) * (height - 1L)) + row;
        if ((stride != 0 && stride < row) || length < wanted)
        {
            throw new ArgumentException($"{width} x {height} pixels of {channels} channels with stride {stride} need {wanted} bytes and a stride of at least {row}; {length} bytes were given");
        }
    }

    private static byte[] Take(byte* encoded, nuint length)
    {
        try
        {
            return new ReadOnlySpan<byte>(encoded, checked((int)length)).ToArray();
        }
        finally
        {
            Exports.fovea_image_free(encoded);
        }
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new NativeException((NativeStatus)status, NativeText.Read((buffer, capacity) => Exports.fovea_image_error(buffer, capacity)));
        }
    }
}
