using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Door.GradModeEnabled;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Door.InferenceModeEnabled;

    private sealed class GradMode(bool enabled) : IDisposable
    {
        private readonly bool before = Door.GradMode(enabled);

        public void Dispose() => Door.GradMode(before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint guard = Door.InferenceModeEnter(enabled);

        public void Dispose()
        {
            if (guard != 0)
                Door.InferenceModeLeave(guard);
            guard = 0;
        }
    }
}
