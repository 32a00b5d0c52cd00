using Fovea.Native;

namespace Microsoft.ML.Data;

/// <summary>
/// An image in memory, 4 bytes a pixel, alpha multiplied into the colors. Files are decoded by libjpeg-turbo and libpng, to BGRA, without turning
/// them by their EXIF orientation.
/// </summary>
public sealed class MLImage : IDisposable
{
    private const int PixelBytes = 4;

    private readonly MLPixelFormat _format;
    private readonly int _width;
    private readonly int _height;
    private byte[] _pixels;
    private string _tag;

    // Takes the pixels over: (H, W, 4).
    internal MLImage(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        _width = width;
        _height = height;
        _format = format;
        _pixels = pixels;
    }

    public MLPixelFormat PixelFormat => Alive(_format);

    public int Width => Alive(_width);

    public int Height => Alive(_height);

    public int BitsPerPixel => Alive(8 * PixelBytes);

    public ReadOnlySpan<byte> Pixels
    {
        get
        {
            CheckAlive();
            return _pixels;
        }
    }

    public string Tag
    {
        get => Alive(_tag);
        set
        {
            CheckAlive();
            _tag = value;
        }
    }

    public byte[] GetBGRPixels
    {
        get
        {
            CheckAlive();
            var (blue, red) = _format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
            var bgr = new byte[_pixels.Length / PixelBytes * 3]; // (H, W, 3)
            for (int from = 0, to = 0; from < _pixels.Length; from += PixelBytes, to += 3)
            {
                byte alpha = _pixels[from + 3];
                bgr[to] = PixelMath.Unmultiply(_pixels[from + blue], alpha);
                bgr[to + 1] = PixelMath.Unmultiply(_pixels[from + 1], alpha);
                bgr[to + 2] = PixelMath.Unmultiply(_pixels[from + red], alpha);
            }

            return bgr;
        }
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        using var file = new MemoryStream();
        imageStream.CopyTo(file);
        return Decode(file.GetBuffer().AsSpan(0, (int)file.Length), "Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        byte[] file;
        try
        {
            file = File.ReadAllBytes(imagePath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ArgumentException("Invalid path", nameof(imagePath), error);
        }

        return Decode(file, "Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        if (width <= 0)
            throw new ArgumentException("Invalid width value.", nameof(width));
        if (height <= 0)
            throw new ArgumentException("Invalid height value.", nameof(height));
        if (imagePixelData.Length != (long)width * height * PixelBytes)
            throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        return new(width, height, pixelFormat, imagePixelData.ToArray());
    }

    public void Save(string imagePath)
    {
        CheckAlive();
        string extension = Path.GetExtension(imagePath);
        var file = ImageFiles.Known(extension) switch
        {
            null => throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath)),
            ImageFileFormat.Png => ImageCodec.Encode(ImageFileFormat.Png, Straight(PixelChannels.Rgba), _width, _height, PixelChannels.Rgba),
            ImageFileFormat.Jpeg => ImageCodec.Encode(ImageFileFormat.Jpeg, Straight(PixelChannels.Rgb), _width, _height, PixelChannels.Rgb, quality: 100),
            _ => throw new ArgumentException($"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg` or `Png` format.", nameof(imagePath)),
        };
        File.WriteAllBytes(imagePath, file);
    }

    public void Dispose() => _pixels = null;

    /// <summary>Stretched, each pixel that of the nearest here.</summary>
    internal MLImage Stretched(int width, int height) =>
        new(width, height, _format, Resampling.Nearest(Alive(_pixels), _width, _height, width, height)) { Tag = _tag };

    /// <summary>Drawn smoothly at <paramref name="placement"/> of a black image of the size given.</summary>
    internal MLImage Drawn(int width, int height, ResizePlacement placement) =>
        new(width, height, _format, Resampling.Draw(Alive(_pixels), _width, _height, width, height, placement)) { Tag = _tag };

    internal MLImage Grayscaled() => new(_width, _height, _format, PixelMath.Grayscale(Alive(_pixels), _format)) { Tag = _tag };

    private static MLImage Decode(ReadOnlySpan<byte> file, string message, string parameter)
    {
        try
        {
            var pixels = ImageCodec.Decode(file, new() { Channels = PixelChannels.Rgba, Orient = false }, out int width, out int height);
            PixelMath.MultiplyAndSwap(pixels);
            return new(width, height, MLPixelFormat.Bgra32, pixels);
        }
        catch (NativeException error)
        {
            throw new ArgumentException(message, parameter, error);
        }
    }

    // Red first and without alpha in the colors, as files hold it. (H, W, channels)
    private byte[] Straight(PixelChannels channels)
    {
        int step = (int)channels;
        var (blue, red) = _format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
        var straight = new byte[_pixels.Length / PixelBytes * step];
        for (int from = 0, to = 0; from < _pixels.Length; from += PixelBytes, to += step)
        {
            byte alpha = _pixels[from + 3];
            // A JPEG has no alpha: it shows the image over black.
            byte over = step == PixelBytes ? alpha : byte.MaxValue;
            straight[to] = PixelMath.Unmultiply(_pixels[from + red], over);
            straight[to + 1] = PixelMath.Unmultiply(_pixels[from + 1], over);
            straight[to + 2] = PixelMath.Unmultiply(_pixels[from + blue], over);
            if (step == PixelBytes)
                straight[to + 3] = alpha;
        }

        return straight;
    }

    private T Alive<T>(T value)
    {
        CheckAlive();
        return value;
    }

    private void CheckAlive()
    {
        if (_pixels is null)
            throw new InvalidOperationException("Object is disposed.");
    }
}
