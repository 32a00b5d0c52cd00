namespace Fovea;

/// <summary>What stands where a part of an image was erased.</summary>
public enum EraseFill
{
    /// <summary>The image's mean colour: near what a zero is after normalisation.</summary>
    Mean,

    /// <summary>Black.</summary>
    Black,

    /// <summary>A random colour for every pixel.</summary>
    Noise,
}
