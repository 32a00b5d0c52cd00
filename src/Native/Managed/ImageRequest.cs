namespace Fovea.Native;

/// <summary>How an image is to be decoded.</summary>
public sealed record ImageRequest
{
    /// <summary>Pixels above which a file is refused, unless told otherwise: Pillow's limit.</summary>
    public const long DefaultMaxPixels = 178_956_970;

    /// <summary>What comes out, 8 bits a sample: palettes are expanded, 16 bits rounded, CMYK converted, alpha dropped unless asked for. Default RGB.</summary>
    public PixelChannels Channels { get; init; } = PixelChannels.Rgb;

    /// <summary>A JPEG is decoded at the smallest of the codec's scales that is not below this, in pixels of the result; 0 (default): full size.</summary>
    public int MinWidth { get; init; }

    /// <summary>As <see cref="MinWidth"/>, for the height.</summary>
    public int MinHeight { get; init; }

    /// <summary>Turns the image as its EXIF orientation says. Default true.</summary>
    public bool Orient { get; init; } = true;

    /// <summary>A palette PNG gives its indices instead of its colors; <see cref="Channels"/> must be grey. Default false.</summary>
    public bool RawIndex { get; init; }

    /// <summary>Pixels above which the file is refused before anything is allocated. Default <see cref="DefaultMaxPixels"/>.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    internal NativeImageRequest ToNative() => new()
    {
        Channels = (int)Channels,
        MinWidth = MinWidth,
        MinHeight = MinHeight,
        Orient = Orient ? 1 : 0,
        RawIndex = RawIndex ? 1 : 0,
        MaxPixels = MaxPixels,
    };
}
