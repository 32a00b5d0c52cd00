using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>Images of one's own: a view disposes an image when it comes to the next row.</summary>
internal static class ImageCopy
{
    public static MLImage Of(MLImage image) => MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);
}
