using System.Buffers;

namespace Fovea.Data;

/// <summary>A list in memory that others left and that it leaves to others: millions of values cost more to touch for the first time than to write.</summary>
internal sealed class PooledList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstCapacity = 256;

    private T[] _values = ArrayPool<T>.Shared.Rent(FirstCapacity);

    public int Count { get; private set; }

    /// <summary>Hold until the next is added.</summary>
    public Span<T> Values => _values.AsSpan(0, Count);

    public void Add(T value)
    {
        if (Count == _values.Length)
            Grow(1);
        _values[Count++] = value;
    }

    public void AddRange(ReadOnlySpan<T> values)
    {
        if (values.Length > _values.Length - Count)
            Grow(values.Length);
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    /// <summary>Leaves the memory; the list is empty then.</summary>
    public void Dispose()
    {
        if (_values.Length > 0)
            ArrayPool<T>.Shared.Return(_values);
        (_values, Count) = ([], 0);
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<T>.Shared.Rent((int)Math.Max(Count + (long)more, Math.Min(2L * Count, Array.MaxLength)));
        Values.CopyTo(larger);
        if (_values.Length > 0)
            ArrayPool<T>.Shared.Return(_values);
        _values = larger;
    }
}
