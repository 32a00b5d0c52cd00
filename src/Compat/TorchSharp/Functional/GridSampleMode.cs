namespace TorchSharp;

public static partial class torch
{
    /// <summary>How grid_sample reads between pixels.</summary>
    public enum GridSampleMode
    {
        Nearest = 0,
        Bilinear = 2,
    }
}
