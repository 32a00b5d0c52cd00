using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An argument of an <see cref="Op"/>. Lists stay where the caller has them and are pinned for the call; a tensor is
/// remembered, so that its finalizer cannot run while native code works on it.
/// </summary>
internal readonly ref struct Arg
{
    private readonly Value value;
    private readonly ref readonly byte items;

    /// <summary>What must stay alive until the call returns.</summary>
    public readonly object? Owner;

    private Arg(Value value) => this.value = value;

    private Arg(Value value, object? owner)
    {
        this.value = value;
        Owner = owner;
    }

    private Arg(Value value, ref readonly byte items)
    {
        this.value = value;
        this.items = ref items;
    }

    /// <summary>The default of the schema. An argument list may end with these.</summary>
    public static Arg Default => default;

    public static Arg None => new(Value.None);

    public bool IsDefault => value.Tag == ValueTag.Default;

    /// <summary>The first element of a list or string, to be pinned; a null reference for everything else.</summary>
    public ref readonly byte Items => ref items;

    /// <summary>The value to hand over, its list (if it is one) at the pinned address.</summary>
    public unsafe Value At(byte* pinned)
    {
        var result = value;
        if (pinned != null)
            ((nint*)&result)[1] = (nint)pinned;
        return result;
    }

    /// <summary>The handle of a tensor that the caller keeps alive.</summary>
    public static Arg Handle(nint handle) => new(Value.Tensor(handle));

    /// <summary>Handles of tensors that the caller keeps alive.</summary>
    public static unsafe Arg Handles(ReadOnlySpan<nint> handles) =>
        new(Value.TensorList(null, handles.Length), ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(handles)));

    public static implicit operator Arg(Tensor? tensor) =>
        tensor is null ? None : new(Value.Tensor(tensor.Handle), tensor);

    public static implicit operator Arg(Scalar? scalar) => scalar is null ? None : new(scalar.Value);

    public static implicit operator Arg(Generator? generator) =>
        generator is null ? None : new(Value.Generator(generator.Handle), generator);

    public static implicit operator Arg(Device? device) =>
        device is null ? None : new(Value.Device((int)device.type, device.index));

    public static implicit operator Arg(ScalarType dtype) => new(Value.Int((long)dtype));

    public static implicit operator Arg(ScalarType? dtype) => dtype is { } d ? d : None;

    public static implicit operator Arg(long value) => new(Value.Int(value));

    public static implicit operator Arg(long? value) => value is { } v ? v : None;

    public static implicit operator Arg(double value) => new(Value.Double(value));

    public static implicit operator Arg(double? value) => value is { } v ? v : None;

    public static implicit operator Arg(bool value) => new(Value.Bool(value));

    public static implicit operator Arg(bool? value) => value is { } v ? v : None;

    public static unsafe implicit operator Arg(ReadOnlySpan<long> values) =>
        new(Value.IntList(null, values.Length), ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(values)));

    public static implicit operator Arg(long[]? values) => values is null ? None : (ReadOnlySpan<long>)values;

    public static unsafe implicit operator Arg(ReadOnlySpan<double> values) =>
        new(Value.DoubleList(null, values.Length), ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(values)));

    public static implicit operator Arg(double[]? values) => values is null ? None : (ReadOnlySpan<double>)values;

    public static unsafe implicit operator Arg(ReadOnlySpan<bool> values) =>
        new(Value.BoolList(null, values.Length), ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(values)));

    public static unsafe implicit operator Arg(string? text)
    {
        if (text is null)
            return None;
        var utf8 = Encoding.UTF8.GetBytes(text);
        return new(Value.String(null, utf8.Length), ref MemoryMarshal.GetArrayDataReference(utf8));
    }
}
