using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in CPU memory, in logical order, whatever its strides are. Keeps the tensor alive.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private Tensor? tensor;
    private T* memory;

    internal TensorAccessor(Tensor tensor)
    {
        if (!tensor.is_cpu())
            throw new InvalidOperationException($"The elements of a tensor on {tensor.device} are asked for; move it with cpu() first.");
        var info = tensor.Info;
        this.tensor = tensor;
        memory = (T*)info.Data;
        Count = info.Elements;
        contiguous = info.IsContiguous;
        shape = tensor.shape;
        strides = tensor.stride();
    }

    public long Count { get; private set; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => Memory[Offset(indices)];
        set => Memory[Offset(indices)] = value;
    }

    // The memory goes with its last tensor; reading it then would read something else.
    private T* Memory => tensor is { IsInvalid: false }
        ? memory
        : throw new ObjectDisposedException(nameof(Tensor), "The tensor whose elements are asked for was disposed.");

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    /// <summary>All elements; more than one dimension becomes one.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>An array with the tensor's dimensions (of one element for a tensor without any).</summary>
    public Array ToNDArray()
    {
        if (shape.Length < 2)
            return ToArray();
        var array = Array.CreateInstance(typeof(T), shape);
        var elements = ToArray();
        if (typeof(T).IsPrimitive)
        {
            Buffer.BlockCopy(elements, 0, array, 0, Buffer.ByteLength(elements));
            return array;
        }

        var index = new long[shape.Length];
        foreach (var element in elements)
        {
            array.SetValue(element, index);
            for (var d = index.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var part = array[arrayIndex..];
        var length = Overlap(part.Length, tensorIndex);
        if (contiguous)
        {
            new ReadOnlySpan<T>(Memory + tensorIndex, length).CopyTo(part);
        }
        else
        {
            var source = Memory;
            var cursor = new Cursor(this, tensorIndex);
            for (var n = 0; n < length; n++, cursor.Next())
                part[n] = source[cursor.Offset];
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var part = array[arrayIndex..];
        var length = Overlap(part.Length, tensorIndex);
        if (contiguous)
        {
            part[..length].CopyTo(new Span<T>(Memory + tensorIndex, length));
        }
        else
        {
            var target = Memory;
            var cursor = new Cursor(this, tensorIndex);
            for (var n = 0; n < length; n++, cursor.Next())
                target[cursor.Offset] = part[n];
        }

        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var cursor = new Cursor(this, 0); cursor.Index < Count; cursor.Next())
            yield return Read(cursor.Offset);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && (memory == other.memory || this == other);

    public override int GetHashCode() => base.GetHashCode();

    public void Dispose()
    {
        tensor = null;
        memory = null;
        Count = 0;
    }

    internal static T ReadItemAt(Tensor tensor, long index)
    {
        tensor.ValidateType(typeof(T));
        var accessor = new TensorAccessor<T>(tensor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, accessor.Count);
        return accessor[index];
    }

    private T Read(long offset) => Memory[offset];

    // How many elements both sides have from there on; asking from beyond the end is an error, as in an empty tensor.
    private int Overlap(int room, long tensorIndex)
    {
        if (Count == 0 && tensorIndex == 0)
            return 0;
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensorIndex, Count);
        return (int)Math.Min(room, Count - tensorIndex);
    }

    // One index counts elements in logical order; several name one of each dimension.
    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] >= Count)
                throw new IndexOutOfRangeException($"Element {indices[0]} is asked of {Count}.");
            ArgumentOutOfRangeException.ThrowIfNegative(indices[0], nameof(indices));
            return contiguous ? indices[0] : new Cursor(this, indices[0]).Offset;
        }

        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            if (indices[d] < 0 || indices[d] >= shape[d])
                throw new IndexOutOfRangeException($"Index {indices[d]} is out of range for dimension {d} of length {shape[d]}.");
            offset += indices[d] * strides[d];
        }

        return offset;
    }

    /// <summary>Walks through the elements in logical order.</summary>
    private struct Cursor
    {
        private readonly TensorAccessor<T> accessor;
        private readonly long[] position;

        public Cursor(TensorAccessor<T> accessor, long index)
        {
            this.accessor = accessor;
            position = new long[accessor.shape.Length];
            Index = index;
            for (var d = position.Length - 1; d >= 0 && accessor.Count > 0; d--)
            {
                (index, position[d]) = Math.DivRem(index, accessor.shape[d]);
                Offset += position[d] * accessor.strides[d];
            }
        }

        public long Index { get; private set; }

        public long Offset { get; private set; }

        public void Next()
        {
            Index++;
            for (var d = position.Length - 1; d >= 0; d--)
            {
                Offset += accessor.strides[d];
                if (++position[d] < accessor.shape[d])
                    return;
                Offset -= position[d] * accessor.strides[d];
                position[d] = 0;
            }
        }
    }
}
