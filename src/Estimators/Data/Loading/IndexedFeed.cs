namespace Fovea.Data;

/// <summary>Rows in the order of the set, or in an order that (seed, epoch) gives.</summary>
internal sealed class IndexedFeed : IRowFeed
{
    private readonly int[] _order;
    private int _next;

    public IndexedFeed(ImageSet set, bool shuffle, int seed, int epoch)
    {
        _order = set.Rows;
        if (!shuffle)
            return;
        _order = [.. set.Rows];
        var random = new RowRandom();
        random.Seed(seed, epoch, -1);
        random.Order(_order);
    }

    public void Take(BatchBuffer buffer)
    {
        _order.AsSpan(_next, buffer.Count).CopyTo(buffer.Rows);
        _next += buffer.Count;
    }

    public void Dispose() { }
}
