namespace Fovea;

/// <summary>What stands where a part of an image was erased.</summary>
public enum EraseFill
{
    /// <summary>The image's mean color: near what a zero is after normalization.</summary>
    Mean,

    /// <summary>Black.</summary>
    Black,

    /// <summary>A random color for every pixel.</summary>
    Noise,
}
