namespace Fovea.Data;

/// <summary>Rows that come in batches, in an order of their own every epoch.</summary>
/// <typeparam name="TBatch">One batch; it stays the source's and holds until the next is asked for.</typeparam>
internal interface IBatchSource<out TBatch>
{
    /// <summary>Rows of an epoch.</summary>
    int Count { get; }

    /// <summary>Batches of an epoch; the last may have another size.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Why rows were left out so far, with their files' names; a row once.</summary>
    IReadOnlyList<string> Skipped => [];

    /// <summary>The batches of one epoch. Order and random changes follow from the source's seed and the epoch alone.</summary>
    IEnumerable<TBatch> Epoch(int epoch, CancellationToken cancellation);
}
