using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fovea.Native;

namespace Fovea.Data;

/// <summary>
/// Decodes index masks: of a palette PNG the indices (not the colors), of a grey PNG of 1, 2, 4 or 8 bits the values as they
/// are stored (not spread over 0 to 255), of a PGM the values. Holds buffers: one for each thread.
/// </summary>
internal sealed class IndexMaskReader
{
    private const string Wanted = "a mask is a PNG with a palette or with one grey channel of at most 8 bits, or an 8-bit PGM";

    private static readonly ImageRequest Request = new() { Channels = PixelChannels.Grey, RawIndex = true };

    private readonly RawImage _file = new();

    /// <param name="raw">The mask as its row holds it.</param>
    /// <param name="mask">Gets the mask at its own size.</param>
    /// <exception cref="InvalidDataException">It is no index mask or a damaged one; the message names it.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public void Read(RawImage raw, IndexMask mask)
    {
        if (raw.Kind == RawImageKind.File)
            ImageFile.Read(raw, _file);
        try
        {
            switch (raw.Kind)
            {
                case RawImageKind.File:
                    Decode(_file.Content, mask);
                    break;
                case RawImageKind.Encoded:
                    Decode(raw.Content, mask);
                    break;
                default:
                    Take(raw.Content, mask.Resize(raw.Width, raw.Height), raw.Width);
                    break;
            }
        }
        catch (Exception e) when (e is NativeException or InvalidDataException)
        {
            throw new InvalidDataException($"{raw.Name} cannot be read as a mask: {e.Message.TrimEnd('.')}. Replace it or leave it out.", e);
        }
    }

    private static void Decode(ReadOnlySpan<byte> file, IndexMask mask)
    {
        switch (ImageSignature.Of(file))
        {
            case ImageSignature.Format.Png:
                DecodePng(file, mask);
                break;
            case ImageSignature.Format.Pnm:
                DecodePgm(file, mask);
                break;
            case ImageSignature.Format.Jpeg:
                throw new InvalidDataException($"it is a JPEG, whose pixel values are not exact; {Wanted}");
            case ImageSignature.Format.Unknown:
                throw new InvalidDataException($"{ImageSignature.Describe(file)}; {Wanted}");
            default:
                throw new InvalidDataException($"it is a BMP, GIF or WebP; {Wanted}");
        }
    }

    private static void DecodePng(ReadOnlySpan<byte> file, IndexMask mask)
    {
        var header = IndexPng.ReadHeader(file);
        if (header.Colors is not (IndexPng.Grey or IndexPng.Palette) || header.Bits == 16)
            throw new InvalidDataException($"it is a PNG of {header.Describe()}; {Wanted}");
        if (!ImageCodec.IsAvailable)
        {
            IndexPng.Decode(file, header, mask);
            return;
        }
        var (width, height) = ImageCodec.Size(file, Request);
        ImageCodec.Decode(file, Request, mask.Resize(width, height));
    }

    private static void DecodePgm(ReadOnlySpan<byte> file, IndexMask mask)
    {
        var header = PortablePixmap.ReadHeader(file);
        if (header.Channels != 1 || header.Largest > 255)
            throw new InvalidDataException($"it is a {(header.Channels == 1 ? "PGM of 16 bits" : "PPM, which holds colors")}; {Wanted}");
        file.Slice(header.Start, header.Width * header.Height).CopyTo(mask.Resize(header.Width, header.Height));
    }

    /// <param name="pixels">(H, W, 4), alpha last; that grey is grey in either order of colors.</param>
    /// <param name="values">(H, W).</param>
    /// <param name="width">W.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(ReadOnlySpan<byte> pixels, Span<byte> values, int width)
    {
        var words = MemoryMarshal.Cast<byte, uint>(pixels);
        // Of a word the colors are the three lower bytes, and grey where each is equal to the next.
        var (i, colored) = (0, Vector512<uint>.Zero);
        for (; i + 64 <= values.Length; i += 64)
        {
            var (a, b, c, d) = (Vector512.Create(words.Slice(i, 16)), Vector512.Create(words.Slice(i + 16, 16)), Vector512.Create(words.Slice(i + 32, 16)), Vector512.Create(words.Slice(i + 48, 16)));
            colored |= (a ^ (a >> 8)) | (b ^ (b >> 8)) | (c ^ (c >> 8)) | (d ^ (d >> 8));
            var grey = Vector512.Create(0xFFu);
            Vector512.Narrow(Vector512.Narrow(a & grey, b & grey), Vector512.Narrow(c & grey, d & grey)).CopyTo(values[i..]);
        }
        var rest = (colored & Vector512.Create(0xFFFFu)) == Vector512<uint>.Zero ? i : 0;
        for (i = rest; i < values.Length; i++)
        {
            var pixel = pixels.Slice(i * 4, 4);
            if (pixel[0] != pixel[1] || pixel[1] != pixel[2])
                throw new InvalidDataException($"it is an MLImage with colors (the first at ({i % width}, {i / width})), and of a palette an MLImage keeps only the colors. Give the path or the bytes of the mask instead");
            values[i] = pixel[0];
        }
    }
}
