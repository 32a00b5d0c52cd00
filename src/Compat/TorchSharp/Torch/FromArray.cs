using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    // Tensors that share the memory of an array: what one writes the other reads. The array stays pinned until the last
    // tensor on it is freed.

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        return Made(names, requires_grad, Converted(Shared(rawArray, Shape(rawArray), type, 0), type, dtype, device));
    }

    /// <param name="rawArray">The values.</param>
    /// <param name="dtype">Type of the tensor; another than the array's makes a copy.</param>
    /// <param name="count">Elements; -1: up to the end.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="requires_grad">Whether to record gradients.</param>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentException($"The offset must be in [0, {rawArray.LongLength}); {offset} was given.", nameof(offset));
        var rest = rawArray.LongLength - offset;
        if (count > rest)
            throw new IndexOutOfRangeException($"{count} elements are asked for; from {offset} on there are {rest}.");
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        var shared = Shared(rawArray, [count < 0 ? rest : count], type, offset);
        return Asking(requires_grad, Converted(shared, type, dtype, CPU));
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>The tensor in another type or place; another owner of it where it is so already.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        dtype is null && device is null ? data.alias() : data.to(dtype ?? data.dtype, device ?? data.device);

    private static unsafe Tensor Shared(Array array, ReadOnlySpan<long> dimensions, ScalarType type, long offset)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            var first = (byte*)pin.AddrOfPinnedObject() + (offset * type.ElementSize());
            return new Tensor(Door.TensorFromBlob(first, dimensions, default, (int)type, &Unpin, (void*)GCHandle.ToIntPtr(pin)));
        }
        catch
        {
            pin.Free();
            throw;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Unpin(void* pin) => GCHandle.FromIntPtr((nint)pin).Free();

    private static Tensor Converted(Tensor tensor, ScalarType type, ScalarType? dtype, Device? device)
    {
        var place = InitializeDevice(device);
        return (dtype ?? type) == type && place.type == DeviceType.CPU ? tensor : tensor.to(dtype ?? type, place, disposeAfter: true);
    }
}
