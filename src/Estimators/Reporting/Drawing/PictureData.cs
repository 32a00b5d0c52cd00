using Fovea.Native;

namespace Fovea.Reporting;

/// <summary>A picture as the address that is the picture itself.</summary>
internal static class PictureData
{
    /// <summary>Smaller files are not worth the loss of a JPEG.</summary>
    private const int WorthLoss = 8 << 10;

    private const int Quality = 85;

    /// <summary>As PNG, or as JPEG where that takes less than half: photographs, not drawings.</summary>
    public static string Of(Canvas canvas)
    {
        var png = PngFile.Encode(canvas);
        if (png.Length < WorthLoss || !ImageCodec.IsAvailable)
            return Address("png", png);
        var jpeg = ImageCodec.Encode(ImageFileFormat.Jpeg, canvas.Pixels, canvas.Width, canvas.Height, PixelChannels.Rgb, Quality);
        return 2 * jpeg.Length < png.Length ? Address("jpeg", jpeg) : Address("png", png);
    }

    /// <summary>As PNG, whatever it takes.</summary>
    public static string Exactly(Canvas canvas) => Address("png", PngFile.Encode(canvas));

    private static string Address(string format, byte[] file) => $"data:image/{format};base64,{Convert.ToBase64String(file)}";
}
