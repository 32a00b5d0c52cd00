namespace Fovea;

/// <summary>What a network sees of an image's colors.</summary>
public enum ImageChannels
{
    /// <summary>One channel: luma by ITU-R BT.601.</summary>
    Grey = 1,

    /// <summary>Three channels: red, green, blue.</summary>
    Rgb = 3,
}
