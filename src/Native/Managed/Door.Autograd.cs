namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>Makes a leaf ask for gradients, or no longer.</summary>
    public static void TensorSetRequiresGrad(nint tensor, bool requiresGrad) =>
        Check(Exports.fovea_tensor_set_requires_grad(tensor, requiresGrad ? 1 : 0));

    /// <summary>A handle of the accumulated gradient, or 0 where there is none.</summary>
    public static nint TensorGetGrad(nint tensor)
    {
        nint result;
        Check(Exports.fovea_tensor_get_grad(tensor, &result));
        return result;
    }

    /// <summary>Replaces the accumulated gradient; 0 removes it.</summary>
    public static void TensorSetGrad(nint tensor, nint grad) => Check(Exports.fovea_tensor_set_grad(tensor, grad));

    /// <summary>Replaces what the tensor holds, as <c>tensor.data = source</c> does in PyTorch.</summary>
    public static void TensorSetData(nint tensor, nint source) => Check(Exports.fovea_tensor_set_data(tensor, source));

    /// <summary>Accumulates the gradients of the outputs in the leaves they came from.</summary>
    /// <param name="outputs">Tensors to start from.</param>
    /// <param name="gradients">One an output; an entry 0, or none at all: 1 for an output of one element.</param>
    /// <param name="retainGraph">Keeps what a second backward pass would need.</param>
    /// <param name="createGraph">Makes the gradients differentiable.</param>
    public static void Backward(ReadOnlySpan<nint> outputs, ReadOnlySpan<nint> gradients = default, bool retainGraph = false, bool createGraph = false)
    {
        SameLength(gradients, outputs.Length, nameof(gradients));
        fixed (nint* output = outputs)
        fixed (nint* gradient = gradients)
        {
            Check(Exports.fovea_backward(output, gradient, outputs.Length, retainGraph ? 1 : 0, createGraph ? 1 : 0));
        }
    }

    /// <summary>The gradients of the outputs with respect to the inputs, as <c>torch.autograd.grad</c>.</summary>
    /// <param name="outputs">Tensors to start from.</param>
    /// <param name="gradients">One an output; an entry 0, or none at all: 1 for an output of one element.</param>
    /// <param name="inputs">Tensors to differentiate by.</param>
    /// <param name="retainGraph">Keeps what a second pass would need.</param>
    /// <param name="createGraph">Makes the gradients differentiable.</param>
    /// <param name="allowUnused">An input that the outputs do not depend on gives 0 instead of an error.</param>
    /// <returns>One handle an input.</returns>
    public static nint[] Grad(ReadOnlySpan<nint> outputs, ReadOnlySpan<nint> gradients, ReadOnlySpan<nint> inputs,
        bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
    {
        SameLength(gradients, outputs.Length, nameof(gradients));
        var results = new nint[inputs.Length];
        fixed (nint* output = outputs)
        fixed (nint* gradient = gradients)
        fixed (nint* input = inputs)
        fixed (nint* result = results)
        {
            Check(Exports.fovea_grad(output, gradient, outputs.Length, input, inputs.Length,
                retainGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, result));
        }

        return results;
    }

    /// <summary>Whether operations of this thread are recorded for the backward pass.</summary>
    public static bool GradModeEnabled
    {
        get => GradMode(-1);
        set => GradMode(value ? 1 : 0);
    }

    /// <summary>Sets whether operations of this thread are recorded and gives what it was.</summary>
    public static bool GradMode(bool enabled) => GradMode(enabled ? 1 : 0);

    /// <summary>Enters inference mode (or a region without it) on this thread; leave in reverse order, on the same thread.</summary>
    public static nint InferenceModeEnter(bool enabled = true)
    {
        nint guard;
        Check(Exports.fovea_inference_mode_enter(enabled ? 1 : 0, &guard));
        return guard;
    }

    /// <summary>Leaves inference mode.</summary>
    public static void InferenceModeLeave(nint guard) => Check(Exports.fovea_inference_mode_leave(guard));

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool InferenceModeEnabled
    {
        get
        {
            int result;
            Check(Exports.fovea_inference_mode_is(&result));
            return result != 0;
        }
    }

    /// <summary>Sets whether a NaN gradient is an error that names the forward operation; gives what it was.</summary>
    public static bool AnomalyMode(bool enabled)
    {
        int previous;
        Check(Exports.fovea_anomaly_mode(enabled ? 1 : 0, &previous));
        return previous != 0;
    }

    /// <summary>Sets autocast for this thread and a device type; leaving it drops the cache of cast weights.</summary>
    /// <param name="deviceType">LibTorch's number of the device type (CPU 0, CUDA 1).</param>
    /// <param name="enabled">Whether operators choose the lower precision.</param>
    /// <param name="dtype">LibTorch's number of the lower precision (bfloat16 is 15, float16 is 5); -1 keeps it.</param>
    /// <returns>What it was.</returns>
    public static (bool Enabled, int DType) Autocast(int deviceType, bool enabled, int dtype = -1) => Autocast(deviceType, enabled ? 1 : 0, dtype);

    /// <summary>Autocast of this thread as it is now.</summary>
    public static (bool Enabled, int DType) GetAutocast(int deviceType) => Autocast(deviceType, -1, -1);

    private static (bool Enabled, int DType) Autocast(int deviceType, int enabled, int dtype)
    {
        int previousEnabled, previousDType;
        Check(Exports.fovea_autocast(Device(deviceType), enabled, dtype, &previousEnabled, &previousDType));
        return (previousEnabled != 0, previousDType);
    }

    private static bool GradMode(int enabled)
    {
        int previous;
        Check(Exports.fovea_grad_mode(enabled, &previous));
        return previous != 0;
    }
}
