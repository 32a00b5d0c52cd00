using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>
/// Loads LibTorch on another thread while a model's description is read. In a process that has not used it yet that takes a third of a second
/// (Debian's LibTorch 1.13 with the 240 libraries it brings in, an AMD EPYC of two cores).
/// </summary>
internal static class LibTorchLoading
{
    /// <summary>Begins; there is nothing to wait for where LibTorch is loaded.</summary>
    /// <returns>Ends when LibTorch can be called, or fails as its loading failed. TorchSharp's own loading takes no lock, so nothing may call it before.</returns>
    public static Task Begin()
    {
        BindRuntime();
        return Task.Run(() => torch.InitializeDeviceType(DeviceType.CPU));
    }

    /// <summary>
    /// The system's loader has one lock. Loading LibTorch holds it throughout, and .NET takes it at the first call of each function of its own native
    /// libraries: who makes such a call meanwhile waits for all of LibTorch. Deserializing JSON calls these.
    /// </summary>
    private static void BindRuntime()
    {
        _ = DateTime.UtcNow;
        _ = Stopwatch.GetTimestamp();
        Marshal.FreeCoTaskMem(Marshal.AllocCoTaskMem(1));
        _ = HashCode.Combine(0); // random numbers, which guard a set of names too
    }
}
