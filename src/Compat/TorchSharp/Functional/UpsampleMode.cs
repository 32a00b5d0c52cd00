namespace TorchSharp;

public static partial class torch
{
    /// <summary>How pixels between pixels are made, for the Upsample layer.</summary>
    public enum UpsampleMode
    {
        Nearest,
        Linear,
        Bilinear,
        Bicubic,
        Trilinear,
    }
}
