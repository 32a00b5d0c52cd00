namespace Fovea;

/// <summary>What stands where a shifted image leaves a gap.</summary>
public enum EdgeFill
{
    /// <summary>Black.</summary>
    Zero,

    /// <summary>The nearest pixel of the image's edge.</summary>
    Edge,
}
