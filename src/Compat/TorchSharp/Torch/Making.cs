using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    // What every factory has in common.

    private static Tensor Made(string[]? names, bool requires_grad, Tensor tensor)
    {
        if (names is { Length: > 0 })
        {
            tensor.Dispose();
            throw new NotSupportedException("Dimensions with names are not supported.");
        }

        return Asking(requires_grad, tensor);
    }

    private static Tensor Asking(bool gradient, Tensor tensor) => gradient ? tensor.requires_grad_() : tensor;

    private static ScalarType TypeOf(Scalar value) => is_integral(value.Type) ? ScalarType.Int64 : defaultType;

    private static ScalarType TypeOf(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Boolean => ScalarType.Bool,
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        _ when element == typeof(Half) => ScalarType.Float16,
        _ when element == typeof(System.Numerics.Complex) => ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"There is no element type for {element}."),
    };

    private static Tensor OfOne<T>(T value, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged => Copied(new ReadOnlySpan<T>(in value), [], type, dtype, device, requires_grad, null);

    private static Tensor Copied<T>(
        IList<T> values, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged =>
        Copied<T>(values as T[] ?? [.. values], dimensions, type, dtype, device, requires_grad, names);

    private static Tensor Copied<T>(
        Array values, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        var elements = MemoryMarshal.CreateReadOnlySpan(
            in Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return Copied(elements, Shape(values), type, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor Copied<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        var length = Length(dimensions);
        if (length > values.Length)
            throw new ArgumentException($"A tensor of {length} elements cannot be made from {values.Length} values.");
        var place = InitializeDevice(device);
        var result = Aten.empty_memory_format.Call(dimensions, type, Arg.None, CPU);
        values[..(int)length].CopyTo(new Span<T>(result.Pointer(), (int)length));
        if (place.type != DeviceType.CPU || (dtype ?? type) != type)
            result = result.to(dtype ?? type, place, disposeAfter: true);
        return Made(names, requires_grad, result);
    }

    private static long[] Shape(Array values)
    {
        var shape = new long[values.Rank];
        for (var d = 0; d < shape.Length; d++)
            shape[d] = values.GetLongLength(d);
        return shape;
    }

    private static long Length(ReadOnlySpan<long> dimensions)
    {
        long length = 1;
        foreach (var dimension in dimensions)
            length = checked(length * dimension);
        return length;
    }
}
