using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>One tensor of a batch, which lies in memory used again. The loader's threads write through a pointer and touch no tensor.</summary>
/// <typeparam name="T">Of an element.</typeparam>
internal sealed unsafe class BatchMemory<T> : IDisposable where T : unmanaged
{
    private readonly Tensor _memory;
    private readonly Tensor _shaped;
    private readonly T* _start;
    private readonly int _size;
    private readonly int _capacity;
    private Tensor? _part;

    /// <param name="type">Of an element; <typeparamref name="T"/>.</param>
    /// <param name="size">As it lies in memory; the batch's size first.</param>
    /// <param name="pinned">Page-locked, for copies to a CUDA device.</param>
    /// <param name="order">The order of dimensions that is shown; null for that of the memory.</param>
    public BatchMemory(ScalarType type, long[] size, bool pinned, long[]? order = null)
    {
        _memory = Allocate(size, type, pinned);
        _shaped = (order is null ? _memory.alias() : _memory.permute(order)).DetachFromDisposeScope();
        _start = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_memory.bytes));
        _capacity = (int)size[0];
        _size = (int)size.Skip(1).Aggregate(1L, (a, b) => a * b);
    }

    /// <summary>The elements of place <paramref name="index"/>.</summary>
    public Span<T> this[int index] => new(_start + (long)index * _size, _size);

    /// <summary>The first places as a tensor, which holds until <see cref="Release"/>.</summary>
    public Tensor First(int count)
    {
        Release();
        return count == _capacity ? _shaped : _part = _shaped.narrow(0, 0, count).DetachFromDisposeScope();
    }

    public void Release()
    {
        _part?.Dispose();
        _part = null;
    }

    public void Dispose()
    {
        Release();
        _shaped.Dispose();
        _memory.Dispose();
    }

    private static Tensor Allocate(long[] size, ScalarType type, bool pinned)
    {
        var memory = empty(size, type, CPU).DetachFromDisposeScope();
        if (!pinned)
            return memory;
        using (memory)
            return memory.pin_memory().DetachFromDisposeScope();
    }
}
