using Fovea.Native;

namespace Fovea.Tests.Classification;

/// <summary>Tensors that nobody has disposed.</summary>
internal static class Live
{
    /// <summary>Lets the finalizers of earlier tests' leftovers run, so that none of them changes a count later.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>Tensors the native door has given out and not taken back; 0 where there is no door.</summary>
    public static long Native() => LibTorch.IsAvailable ? Door.LiveTensors : 0;
}
