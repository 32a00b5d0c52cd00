using Fovea.Native;
using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>Whether what Fovea.Native offers works on TorchSharp's tensors: it must be there, over the same LibTorch.</summary>
internal static class NativeDoor
{
    private static readonly Lazy<string?> why = new(() => LibTorch.WhyNotAvailable ?? (SharesLibTorch() ? null
        : $"its LibTorch {LibTorch.Describe().Version} is not the one that TorchSharp has loaded. Build it against that one: ./build.sh native, with FOVEA_LIBTORCH naming its folder."));

    /// <summary>Why it cannot be used, and what to do about it; null where it can.</summary>
    public static string? WhyClosed => why.Value;

    // Two copies of LibTorch in one process have two of everything, this thread's grad mode too, which is on unless switched off.
    private static bool SharesLibTorch()
    {
        using var frozen = no_grad();
        return !Door.GradModeEnabled;
    }
}
