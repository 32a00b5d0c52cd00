namespace Fovea.Data;

/// <summary>How an image of one size becomes one of another. Each samples as Pillow's antialiased bilinear filter does.</summary>
public enum ResizeMode
{
    /// <summary>Both sides are scaled, each by its own factor; the whole image stays visible, its aspect may change (torchvision's <c>Resize((h, w))</c>).</summary>
    Stretch,

    /// <summary>
    /// The image is scaled until it covers the wanted size and what hangs over is cut off evenly on both sides: the shorter side is
    /// scaled, then the center cut out.
    /// </summary>
    Crop,

    /// <summary>The image is scaled until it fits into the wanted size, centered, and the rest is filled with grey 114.</summary>
    Letterbox,

    /// <summary>
    /// Not scaled: the image's center is laid into the middle of the wanted size, what hangs over is cut off and what is missing
    /// filled with grey 114. For images whose scale means something, as micrographs do.
    /// </summary>
    None,
}
