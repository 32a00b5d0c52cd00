using Fovea.Native;

namespace Fovea.Data;

/// <summary>What a file says of its pixels before they are decoded.</summary>
/// <param name="Mode">How they are stored; null where only the pixels can tell (BMP, GIF, WebP).</param>
/// <param name="Orientation">EXIF's, 1 (upright) to 8.</param>
internal readonly record struct ImageProbe(ImageMode? Mode, int Orientation)
{
    /// <exception cref="NativeException">The header is damaged.</exception>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static ImageProbe Of(ReadOnlySpan<byte> file) => ImageSignature.Of(file) switch
    {
        ImageSignature.Format.Jpeg or ImageSignature.Format.Png when ImageCodec.IsAvailable => Of(ImageCodec.Probe(file)),
        ImageSignature.Format.Jpeg => new(null, ExifOrientation.Read(file)),
        ImageSignature.Format.Png when IndexPng.ReadHeader(file) is var png => new(png.Colors == IndexPng.Palette ? ImageMode.Palette : Of(png.Colors switch { 0 => 1, 4 => 2, 2 => 3, _ => 4 }, png.Bits), 1),
        ImageSignature.Format.Pnm when PortablePixmap.ReadHeader(file) is var pnm => new(Of(pnm.Channels, pnm.Largest > 255 ? 16 : 8), 1),
        _ => new(null, 1),
    };

    private static ImageProbe Of(ImageHeader header) => new(header switch
    {
        { IsCmyk: true } => ImageMode.Cmyk,
        { IsPalette: true } => ImageMode.Palette,
        _ => Of(header.Channels, header.Bits),
    }, header.Orientation);

    private static ImageMode Of(int channels, int bits) => (channels, bits > 8) switch
    {
        (1, false) => ImageMode.Grey,
        (2, false) => ImageMode.GreyAlpha,
        (3, false) => ImageMode.Rgb,
        (_, false) => ImageMode.Rgba,
        (1, true) => ImageMode.Grey16,
        (2, true) => ImageMode.GreyAlpha16,
        (3, true) => ImageMode.Rgb16,
        (_, true) => ImageMode.Rgba16,
    };

    /// <summary>Of pixels without a file's word on them.</summary>
    /// <param name="pixels">Interleaved.</param>
    /// <param name="channels">3, or 4 with alpha last.</param>
    public static ImageMode OfPixels(ReadOnlySpan<byte> pixels, int channels)
    {
        var mode = ImageMode.Grey;
        for (var i = 0; i < pixels.Length; i += channels)
        {
            if (channels == 4 && pixels[i + 3] != 255)
                return ImageMode.Rgba;
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                mode = ImageMode.Rgb;
                if (channels == 3)
                    return mode;
            }
        }
        return mode;
    }
}
