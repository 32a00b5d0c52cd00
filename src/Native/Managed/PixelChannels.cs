namespace Fovea.Native;

/// <summary>Channels of decoded pixels, 8 bits each, interleaved; the number is the bytes a pixel.</summary>
public enum PixelChannels
{
    /// <summary>One: luminance, or a class index.</summary>
    Grey = 1,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, alpha (not premultiplied).</summary>
    Rgba = 4,
}
