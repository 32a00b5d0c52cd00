namespace TorchSharp;

public static partial class torch
{
    /// <summary>How pixels between pixels are made.</summary>
    public enum InterpolationMode
    {
        Nearest,
        Linear,
        Bilinear,
        Bicubic,
        Trilinear,
        Area,
        NearestExact,
    }
}
