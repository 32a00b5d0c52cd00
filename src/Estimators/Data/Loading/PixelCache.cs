namespace Fovea.Data;

/// <summary>Decoded samples of one size, kept in memory up to a budget. Any thread may read and add; what is added stays.</summary>
internal sealed class PixelCache
{
    /// <summary>Small enough that a small set takes little, large enough that a large one has few pieces.</summary>
    private const int ChunkBytes = 32 << 20;

    private readonly int _sampleBytes;
    private readonly int _samplesPerChunk;
    private readonly byte[]?[] _chunks;
    private readonly int[] _slotOfRow; // slot + 1; 0 while the row is not here
    private readonly Lock _growing = new();
    private int _taken;

    /// <param name="rows">Rows of the set.</param>
    /// <param name="sampleBytes">Bytes of one sample.</param>
    /// <param name="budget">Bytes to keep at most.</param>
    public PixelCache(int rows, int sampleBytes, long budget)
    {
        _sampleBytes = sampleBytes;
        _samplesPerChunk = Math.Max(1, ChunkBytes / sampleBytes);
        Capacity = (int)Math.Min(rows, budget / sampleBytes);
        _chunks = new byte[]?[(Capacity + _samplesPerChunk - 1) / _samplesPerChunk];
        _slotOfRow = new int[rows];
    }

    /// <summary>Samples that fit.</summary>
    public int Capacity { get; }

    /// <summary>Samples that are here.</summary>
    public int Count => Math.Min(Volatile.Read(ref _taken), Capacity);

    public bool TryGet(int row, out ReadOnlySpan<byte> pixels)
    {
        var slot = Volatile.Read(ref _slotOfRow[row]) - 1;
        if (slot < 0)
        {
            pixels = default;
            return false;
        }
        pixels = _chunks[slot / _samplesPerChunk].AsSpan(slot % _samplesPerChunk * _sampleBytes, _sampleBytes);
        return true;
    }

    /// <summary>Keeps a copy where there is room. A row is added by one thread at a time.</summary>
    public void Add(int row, ReadOnlySpan<byte> pixels)
    {
        if (Volatile.Read(ref _taken) >= Capacity || Volatile.Read(ref _slotOfRow[row]) != 0)
            return;
        var slot = Interlocked.Increment(ref _taken) - 1;
        if (slot >= Capacity)
            return;
        pixels.CopyTo(Chunk(slot / _samplesPerChunk).AsSpan(slot % _samplesPerChunk * _sampleBytes, _sampleBytes));
        Volatile.Write(ref _slotOfRow[row], slot + 1);
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
