using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>
/// One argument or result of an operator: 16 bytes that travel as they are. Pointers are borrowed for the call, so what
/// they point to must stay where it is (stack, pinned or native memory) until the call returns.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct Value
{
    /// <summary>What the value holds.</summary>
    [FieldOffset(0)] public readonly ValueTag Tag;

    /// <summary>
    /// Elements of a list, bytes of a string. Of a tensor result: the KiB of memory that came with it, rounded up
    /// (0 where others hold the same storage), for telling the garbage collector.
    /// </summary>
    [FieldOffset(4)] public readonly int Length;

    /// <summary>The integer, truth value or device.</summary>
    [FieldOffset(8)] public readonly long Integer;

    /// <summary>The double.</summary>
    [FieldOffset(8)] public readonly double Real;

    /// <summary>The handle, or the first element of a list or string.</summary>
    [FieldOffset(8)] public readonly nint Pointer;

    private Value(ValueTag tag, long integer)
    {
        Tag = tag;
        Integer = integer;
    }

    private Value(ValueTag tag, double real)
    {
        Tag = tag;
        Real = real;
    }

    private Value(ValueTag tag, void* pointer, int length)
    {
        Tag = tag;
        Length = length;
        Pointer = (nint)pointer;
    }

    /// <summary>The default of the operator's schema.</summary>
    public static Value Default => default;

    /// <summary>No value, where the schema's type is optional.</summary>
    public static Value None => new(ValueTag.None, 0L);

    /// <summary>A tensor; 0 is the undefined tensor (None where the schema says <c>Tensor?</c>).</summary>
    public static Value Tensor(nint tensor) => new(ValueTag.Tensor, (long)tensor);

    /// <summary>An integer, or a dtype, layout or memory format by LibTorch's number.</summary>
    public static Value Int(long value) => new(ValueTag.Int, value);

    /// <summary>A double.</summary>
    public static Value Double(double value) => new(ValueTag.Double, value);

    /// <summary>A truth value.</summary>
    public static Value Bool(bool value) => new(ValueTag.Bool, value ? 1L : 0L);

    /// <summary>A device by LibTorch's type number (CPU 0, CUDA 1) and index (-1: the current one).</summary>
    public static Value Device(int type, int index) => new(ValueTag.Device, (long)Door.Device(type, index));

    /// <summary>A string of UTF-8 bytes.</summary>
    public static Value String(byte* utf8, int length) => new(ValueTag.String, utf8, length);

    /// <summary>A list of integers.</summary>
    public static Value IntList(long* values, int length) => new(ValueTag.IntList, values, length);

    /// <summary>A list of doubles.</summary>
    public static Value DoubleList(double* values, int length) => new(ValueTag.DoubleList, values, length);

    /// <summary>A list of truth values, a byte each, 0 or 1.</summary>
    public static Value BoolList(byte* values, int length) => new(ValueTag.BoolList, values, length);

    /// <summary>A list of tensor handles; 0 entries where the schema says <c>Tensor?[]</c>.</summary>
    public static Value TensorList(nint* tensors, int length) => new(ValueTag.TensorList, tensors, length);

    /// <summary>A random number generator.</summary>
    public static Value Generator(nint generator) => new(ValueTag.Generator, (long)generator);
}
