namespace TorchSharp;

public static partial class torch
{
    /// <summary>What grid_sample reads outside the image.</summary>
    public enum GridSamplePaddingMode
    {
        Zeros,
        Reflection,
        Border,
    }
}
