namespace Fovea.Data;

/// <summary>
/// Makes batches of a set, ahead of who asks, on its own threads, into buffers used again. What it gives depends on the set,
/// the seed and the epoch, never on the number of threads.
/// </summary>
internal sealed class BatchLoader : IBatchSource<ImageBatch>, IDisposable
{
    private readonly List<BatchBuffer> _buffers = [];
    private int _running;

    /// <param name="set">The images.</param>
    /// <param name="batchSize">Images a batch, at least 1. The last batch has what is left.</param>
    /// <param name="seed">Of the order and the augmentation.</param>
    /// <param name="shuffle">A new order in each epoch; otherwise the order of the view.</param>
    /// <param name="augmentation">Random changes; null for none.</param>
    /// <param name="channelsLast">Lays the images out as (N, H, W, C); their shape stays (N, C, H, W).</param>
    /// <param name="pinned">Buffers in page-locked memory, for copies to a CUDA device.</param>
    /// <param name="joinLastRow">A last batch of one row joins the one before (batch norm cannot train on one row).</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a batch would be above 2 GB.</exception>
    /// <exception cref="ArgumentException">A step of the augmentation cannot be done to images of the set's size.</exception>
    public BatchLoader(ImageSet set, int batchSize, int seed = 0, bool shuffle = false, Augmentation? augmentation = null, bool channelsLast = false, bool pinned = false, bool joinLastRow = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var (height, width) = augmentation?.SizeAfter(set.Input.Height, set.Input.Width) ?? (set.Input.Height, set.Input.Width);
        var largest = int.MaxValue / checked(set.Input.Channels * height * width) - 1;
        if (batchSize > largest)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch of {set.Input.Channels}x{height}x{width} images can hold at most {largest}.");
        Set = set;
        Layout = new BatchLayout(height, width, set.Input.Channels, channelsLast);
        BatchSize = Math.Min(batchSize, set.Count);
        Seed = seed;
        Shuffle = shuffle;
        Augmentation = augmentation is { Steps.Length: > 0 } ? augmentation : null;
        Pinned = pinned;
        LeastRows = joinLastRow && BatchSize > 1 ? 2 : 1;
        JoinLastRow = joinLastRow && BatchSize > 1 && set.Count % BatchSize == 1 && set.Count > BatchSize;
        BatchesPerEpoch = (set.Count + BatchSize - 1) / BatchSize - (JoinLastRow ? 1 : 0);
    }

    public ImageSet Set { get; }

    /// <summary>Size and order of a batch's images; the size is what the augmentation makes of the set's.</summary>
    public BatchLayout Layout { get; }

    public int BatchSize { get; }
    public int BatchesPerEpoch { get; }

    /// <summary>Rows of an epoch.</summary>
    public int Count => Set.Count;

    internal int Seed { get; }
    internal bool Shuffle { get; }
    internal Augmentation? Augmentation { get; }
    internal bool Pinned { get; }
    internal bool JoinLastRow { get; }

    /// <summary>Batches that came below this because rows were left out are left out whole.</summary>
    internal int LeastRows { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Skipped => Set.Store.Skipped.Reasons;

    /// <summary>
    /// The batches of an epoch. A batch holds until the next is asked for. Leaving the loop early stops the threads. One
    /// epoch at a time.
    /// </summary>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names it. Comes at the batch it belongs to. Or none can, where such rows are left out.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public IEnumerable<ImageBatch> Epoch(int epoch, CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("The loader is in the middle of another epoch; leave that loop first.");
        try
        {
            Set.Store.Fill(cancellation);
            using var run = new EpochRun(this, epoch, cancellation);
            var any = false;
            for (; run.Next() is { } batch; any = true)
                yield return batch;
            if (!any)
                throw new InvalidDataException($"None of the {Count} images can be read. {Skipped.FirstOrDefault()}");
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Rows of batch <paramref name="index"/>.</summary>
    internal int RowsOf(int index)
    {
        if (index < BatchesPerEpoch - 1)
            return BatchSize;
        return Set.Count - index * BatchSize;
    }

    /// <summary>The buffers, made when first needed; every epoch begins with all of them free.</summary>
    internal IReadOnlyList<BatchBuffer> Buffers(int count)
    {
        while (_buffers.Count < count)
            _buffers.Add(new BatchBuffer(Layout, BatchSize + (JoinLastRow ? 1 : 0), Pinned, Augmentation is { HasBatchSteps: true }, Set.HasMasks, Set.HasBoxes));
        return _buffers;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
        _buffers.Clear();
    }
}
