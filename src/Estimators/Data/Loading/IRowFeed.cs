namespace Fovea.Data;

/// <summary>Says which rows come next in an epoch, one batch after the other. Asked by one thread at a time.</summary>
internal interface IRowFeed : IDisposable
{
    /// <summary>
    /// Writes the rows of the next batch, <see cref="BatchBuffer.Count"/> of them, into the buffer, and what they hold where that
    /// cannot be had by row.
    /// </summary>
    void Take(BatchBuffer buffer);
}
