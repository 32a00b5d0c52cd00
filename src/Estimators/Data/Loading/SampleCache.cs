namespace Fovea.Data;

/// <summary>Decoded samples of one size, kept in memory up to a budget. Any thread may read and add; what is added stays.</summary>
internal sealed class SampleCache
{
    /// <summary>Small enough that a small set takes little, large enough that a large one has few pieces.</summary>
    private const int ChunkBytes = 32 << 20;

    private const int Filling = -1;

    private readonly SampleLayout _layout;
    private readonly int _sampleBytes;
    private readonly int _samplesPerChunk;
    private readonly byte[]?[] _chunks;
    private readonly int[] _slotOfRow; // slot + 1; 0 while the row is not here, Filling while it is written
    private readonly Lock _growing = new();
    private int _taken;

    /// <param name="rows">Rows of the set.</param>
    /// <param name="layout">Of one sample.</param>
    /// <param name="budget">Bytes to keep at most.</param>
    public SampleCache(int rows, SampleLayout layout, long budget)
    {
        var sampleBytes = _sampleBytes = layout.RecordBytes;
        _layout = layout;
        _samplesPerChunk = Math.Max(1, ChunkBytes / sampleBytes);
        Capacity = (int)Math.Min(rows, budget / sampleBytes);
        _chunks = new byte[]?[(Capacity + _samplesPerChunk - 1) / _samplesPerChunk];
        _slotOfRow = new int[rows];
    }

    /// <summary>Samples that fit.</summary>
    public int Capacity { get; }

    /// <summary>Samples that are here.</summary>
    public int Count => Math.Min(Volatile.Read(ref _taken), Capacity);

    public bool TryGet(int row, out ReadOnlySpan<byte> record)
    {
        var slot = Volatile.Read(ref _slotOfRow[row]) - 1;
        if (slot < 0)
        {
            record = default;
            return false;
        }
        record = _chunks[slot / _samplesPerChunk].AsSpan(slot % _samplesPerChunk * _sampleBytes, _sampleBytes);
        return true;
    }

    /// <summary>Keeps a copy where there is room.</summary>
    /// <returns>Whether the row is here.</returns>
    public bool Add(int row, ImagePlacement placement, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> mask)
    {
        if (Volatile.Read(ref _slotOfRow[row]) != 0)
            return true;
        // Two threads may make the same row at once, where steps look at other rows; the first takes it.
        if (Volatile.Read(ref _taken) >= Capacity || Interlocked.CompareExchange(ref _slotOfRow[row], Filling, 0) != 0)
            return false;
        var slot = Interlocked.Increment(ref _taken) - 1;
        if (slot >= Capacity)
        {
            Volatile.Write(ref _slotOfRow[row], 0);
            return false;
        }
        _layout.Write(placement, pixels, mask, Chunk(slot / _samplesPerChunk).AsSpan(slot % _samplesPerChunk * _sampleBytes, _sampleBytes));
        Volatile.Write(ref _slotOfRow[row], slot + 1);
        return true;
    }

    private byte[] Chunk(int index)
    {
        if (Volatile.Read(ref _chunks[index]) is { } chunk)
            return chunk;
        lock (_growing)
        {
            var samples = Math.Min(_samplesPerChunk, Capacity - index * _samplesPerChunk);
            return _chunks[index] ??= GC.AllocateUninitializedArray<byte>(samples * _sampleBytes);
        }
    }
}
