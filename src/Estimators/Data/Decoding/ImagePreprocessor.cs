using Fovea.Native;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Makes of an image what the network wants: decoded, upright, grey or RGB, resized. The only way from an image to pixels, in
/// training and in prediction. Holds buffers: one for each thread.
/// </summary>
/// <remarks>
/// As Pillow's <c>convert("RGB")</c> and <c>convert("L")</c>: alpha is dropped (the colour under it stays), palettes are
/// expanded, 16 bits become 8, CMYK becomes RGB, grey is 0.299 R + 0.587 G + 0.114 B. The EXIF orientation is applied. An MLImage is
/// taken as its pixels are; what ML.NET decoded from a file with alpha is premultiplied, that is, lies over black.
/// </remarks>
internal sealed class ImagePreprocessor
{
    /// <summary>Buffers beyond this are given back after the image that needed them.</summary>
    private const int LargestKept = 64 << 20;

    private readonly ImageInput _input;
    private readonly ImageRequest _full;
    private readonly AntialiasResize _resize = new();
    private readonly RawImage _file = new();
    private byte[] _decoded = [];
    private ImageRequest _reduced;

    public ImagePreprocessor(ImageInput input)
    {
        _input = input;
        _full = _reduced = new ImageRequest { Channels = input.Channels == 1 ? PixelChannels.Grey : PixelChannels.Rgb };
    }

    /// <param name="raw">The image.</param>
    /// <param name="destination">(H, W, C), uint8, of the network's input.</param>
    /// <exception cref="InvalidDataException">It is no image, a damaged one or too large; the message names it.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public void Process(RawImage raw, Span<byte> destination)
    {
        switch (raw.Kind)
        {
            case RawImageKind.File:
                ImageFile.Read(raw, _file);
                Decode(_file.Content, raw.Name, destination);
                break;
            case RawImageKind.Encoded:
                Decode(raw.Content, raw.Name, destination);
                break;
            default:
                Take(raw.Content, raw.Width, raw.Height, raw.Kind == RawImageKind.Bgra, destination);
                break;
        }
        if (_decoded.Length > LargestKept)
            _decoded = [];
    }

    private void Decode(ReadOnlySpan<byte> file, string name, Span<byte> destination)
    {
        try
        {
            switch (ImageSignature.Of(file))
            {
                case ImageSignature.Format.Jpeg or ImageSignature.Format.Png when ImageCodec.IsAvailable:
                    DecodeNative(file, destination);
                    break;
                case ImageSignature.Format.Pnm:
                    var header = PortablePixmap.ReadHeader(file);
                    PortablePixmap.Decode(file, header, Room(header.Width, header.Height), _input.Channels);
                    Fit(header.Width, header.Height, destination);
                    break;
                case ImageSignature.Format.Unknown:
                    throw new InvalidDataException(ImageSignature.Describe(file));
                default:
                    DecodeManaged(file, destination);
                    break;
            }
        }
        catch (Exception e) when (e is NativeException or InvalidDataException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{name} cannot be read as an image: {e.Message.TrimEnd('.')}. Replace it or leave it out.", e);
        }
    }

    private void DecodeNative(ReadOnlySpan<byte> file, Span<byte> destination)
    {
        var request = Request(ImageCodec.Probe(file));
        var (width, height) = ImageCodec.Size(file, request);
        if (width == _input.Width && height == _input.Height)
        {
            ImageCodec.Decode(file, request, destination);
            return;
        }
        ImageCodec.Decode(file, request, Room(width, height));
        Fit(width, height, destination);
    }

    /// <summary>
    /// A large JPEG is decoded at a half, a quarter or an eighth where that is still no smaller than wanted. The codec has
    /// every eighth, but only these are fast: 640 x 480 takes 1.2 ms whole, 0.6 ms at a half and 2.5 ms at seven eighths
    /// (libjpeg-turbo 2.1). After the filter the pixels differ from those of the whole image by 0.2 to 0.4 levels of 255 in the
    /// mean (60 photographs of BCCD at 96 to 256 pixels).
    /// </summary>
    private ImageRequest Request(ImageHeader header)
    {
        if (header.Format != ImageFileFormat.Jpeg)
            return _full;
        var (width, height) = header.Orientation >= 5 ? (header.Height, header.Width) : (header.Width, header.Height);
        for (var divisor = 8; divisor > 1; divisor /= 2)
        {
            var (least, lowest) = ((width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
            if (least < _input.Width || lowest < _input.Height)
                continue;
            if (_reduced.MinWidth != least || _reduced.MinHeight != lowest)
                _reduced = _full with { MinWidth = least, MinHeight = lowest };
            return _reduced;
        }
        return _full;
    }

    /// <summary>Where there is no native codec, or for its other formats (BMP, GIF, WebP): ML.NET's own.</summary>
    private void DecodeManaged(ReadOnlySpan<byte> file, Span<byte> destination)
    {
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        using var image = MLImage.CreateFromStream(stream);
        var isBgra = image.PixelFormat == MLPixelFormat.Bgra32;
        var orientation = ExifOrientation.Read(file);
        if (orientation == 1)
        {
            Take(image.Pixels, image.Width, image.Height, isBgra, destination);
            return;
        }
        var upright = new byte[image.Pixels.Length];
        ExifOrientation.Apply(orientation, image.Pixels, image.Width, image.Height, 4, upright);
        var turned = orientation >= 5;
        Take(upright, turned ? image.Height : image.Width, turned ? image.Width : image.Height, isBgra, destination);
    }

    private void Take(ReadOnlySpan<byte> pixels, int width, int height, bool isBgra, Span<byte> destination)
    {
        if (width == _input.Width && height == _input.Height)
        {
            PixelLayout.FromFourBytes(pixels, isBgra, destination, _input.Channels);
            return;
        }
        PixelLayout.FromFourBytes(pixels, isBgra, Room(width, height), _input.Channels);
        Fit(width, height, destination);
    }

    private Span<byte> Room(int width, int height)
    {
        var length = (long)width * height * _input.Channels;
        if ((long)width * height > ImageRequest.DefaultMaxPixels)
            throw new InvalidDataException($"it has {width} x {height} pixels, above the limit of {ImageRequest.DefaultMaxPixels}");
        // The resampler loads four bytes for the last pixel of three.
        if (_decoded.Length < length + AntialiasResize.Padding)
            _decoded = GC.AllocateUninitializedArray<byte>((int)length + AntialiasResize.Padding);
        return _decoded.AsSpan(0, (int)length);
    }

    private void Fit(int width, int height, Span<byte> destination) =>
        _resize.Run(_decoded, width, height, _input.Channels, destination, _input.Width, _input.Height, _input.Resize);
}
