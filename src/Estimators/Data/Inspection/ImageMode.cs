namespace Fovea;

/// <summary>What an image's pixels are, as its file stores them.</summary>
public enum ImageMode
{
    /// <summary>One grey channel of at most 8 bits. Also pixels without a file (MLImage), where all are grey.</summary>
    Grey,

    /// <summary>Grey and alpha, 8 bits each.</summary>
    GreyAlpha,

    /// <summary>Red, green and blue, 8 bits each. Also pixels without a file.</summary>
    Rgb,

    /// <summary>Red, green, blue and alpha, 8 bits each. Also pixels without a file, where some are not opaque.</summary>
    Rgba,

    /// <summary>Indices of a palette.</summary>
    Palette,

    /// <summary>Cyan, magenta, yellow and black (or YCCK), of print.</summary>
    Cmyk,

    /// <summary>One grey channel of 16 bits; the lower 8 are lost when it is read.</summary>
    Grey16,

    /// <summary>Grey and alpha, 16 bits each.</summary>
    GreyAlpha16,

    /// <summary>Red, green and blue, 16 bits each; the lower 8 are lost when it is read.</summary>
    Rgb16,

    /// <summary>Red, green, blue and alpha, 16 bits each.</summary>
    Rgba16,
}
