using Fovea.Native;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>
/// The parameters of a group that have a gradient, as handles for a step that passes over the memory once. There is
/// none where a tensor is not float32, dense and on the CPU: such a group is stepped by operators.
/// </summary>
internal sealed class FusedStep<TState> : IDisposable where TState : OptimizerState
{
    private const int Float32 = 6, Cpu = 0;

    public readonly record struct Entry(nint Parameter, nint Gradient, TState State);

    public List<Entry> Entries { get; } = [];

    public static FusedStep<TState>? Of(ParamGroup group, OrderedDict<IntPtr, OptimizerState> states)
    {
        var step = new FusedStep<TState>();
        foreach (var parameter in group.Parameters)
        {
            var handle = parameter.Handle;
            var gradient = Door.TensorGetGrad(handle);
            if (gradient == 0) continue;
            step.Entries.Add(new Entry(handle, gradient, (TState)states[handle]));
            if (Fits(handle) && Fits(gradient)) continue;
            step.Dispose();
            return null;
        }
        return step;
    }

    public void Dispose()
    {
        foreach (var entry in Entries) Door.TensorFree(entry.Gradient);
    }

    public static nint[] Handles(IReadOnlyList<Entry> entries, Func<Entry, nint> handle)
    {
        var handles = new nint[entries.Count];
        for (var i = 0; i < handles.Length; i++) handles[i] = handle(entries[i]);
        return handles;
    }

    private static bool Fits(nint tensor)
    {
        var info = Door.TensorDescribe(tensor);
        return info.DType == Float32 && info.DeviceType == Cpu && !info.IsSparse;
    }
}
