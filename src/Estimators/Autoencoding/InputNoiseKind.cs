namespace Fovea;

/// <summary>How an image is corrupted.</summary>
public enum InputNoiseKind
{
    /// <summary>A normal number is added to each value, which is then cut to [0, 1].</summary>
    Gaussian,

    /// <summary>A share of the pixels becomes black or white, all channels together.</summary>
    SaltAndPepper,

    /// <summary>A share of the pixels becomes black, all channels together.</summary>
    Masking,
}
