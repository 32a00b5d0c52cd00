using Fovea.Native;

namespace TorchSharp;

/// <summary>While it lives, a backward pass that makes a NaN fails and names the forward operation.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool enabledBefore;
    private readonly bool checkBefore;

    public AnomalyMode(bool enabled, bool check_nan = true)
    {
        // LibTorch's own check cannot be had without the anomaly mode's traces, nor these without the check.
        enabledBefore = Door.AnomalyMode(enabled && check_nan);
        checkBefore = ShouldCheckNaN;
        IsEnabled = enabled;
        ShouldCheckNaN = check_nan;
    }

    public static bool IsEnabled { get; private set; }

    public static bool ShouldCheckNaN { get; private set; } = true;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Door.AnomalyMode(enabledBefore);
        IsEnabled = enabledBefore;
        ShouldCheckNaN = checkBefore;
    }
}
