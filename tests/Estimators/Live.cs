using Fovea.Native;
using static TorchSharp.torch;

namespace Fovea.Tests;

/// <summary>Tensors that nobody has disposed.</summary>
internal static class Live
{
    /// <summary>Lets the finalizers of earlier tests' leftovers run, so that none of them changes a count later.</summary>
    public static void Settle()
    {
        // What a finalizer or the statics of an ended thread held is found by a later collection only.
        for (long before = -1, now = Tensor.TotalCount; now != before; now = Tensor.TotalCount)
        {
            before = now;
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }

    /// <summary>Tensors that live, without those of earlier tests that wait for their finalizer.</summary>
    public static long Tensors()
    {
        Settle();
        return Tensor.TotalCount;
    }

    /// <summary>Tensors the native door has given out and not taken back; 0 where there is no door.</summary>
    public static long Native() => LibTorch.IsAvailable ? Door.LiveTensors : 0;
}
