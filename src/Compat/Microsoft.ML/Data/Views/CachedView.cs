using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view whose columns are read from its source once, as far as cursors have come, and kept in memory; can therefore be shuffled.</summary>
internal sealed class CachedView : IDataView
{
    private readonly IDataView _source;
    private readonly Lock _lock = new();
    private readonly CachedColumns[] _readingOf;
    // The reading that tells how many rows there are when no column is wanted.
    private CachedColumns _anyReading;

    /// <param name="source">What is cached; columns that cannot be kept are dropped.</param>
    /// <param name="prefetch">Columns of the source that are read together as soon as any of them is wanted.</param>
    public CachedView(IDataView source, IReadOnlyList<DataViewSchema.Column> prefetch)
    {
        foreach (var column in prefetch)
            Check.That(StoredColumn.CanHold(column.Type), $"Asked to prefetch column '{column.Name}' into cache, but it is of unhandled type '{column.Type}'");
        _source = StorableColumns.Of(source);
        _readingOf = new CachedColumns[_source.Schema.Count];
        if (prefetch.Count > 0)
            ReadingsFor([.. _source.Schema.Where(column => prefetch.Any(p => p.Name == column.Name && p.IsHidden == column.IsHidden))]);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount() ?? _anyReading?.CountIfKnown;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        var readings = ReadingsFor([.. Schema.Where(column => active[column.Index])]);
        int[] order = null;
        if (rand is not null)
            order = RandomOrder.Of(readings[0].CountAll(), rand);
        var blocks = new CachedCursor.Blocks();
        int cursors = n <= 0 ? ConsolidatingCursor.Threads : Math.Min(n, 2 * ConsolidatingCursor.Threads);
        return [.. Enumerable.Range(0, cursors).Select(_ => new CachedCursor(Schema, active, _readingOf, readings, order, cursors == 1 ? null : blocks))];
    }

    private CachedColumns[] ReadingsFor(List<DataViewSchema.Column> columns)
    {
        lock (_lock)
        {
            var fresh = columns.Where(column => _readingOf[column.Index] is null).ToList();
            if (fresh.Count > 0 || _anyReading is null)
            {
                _anyReading = new(_source, fresh);
                foreach (var column in fresh)
                    _readingOf[column.Index] = _anyReading;
            }
            return columns.Count == 0 ? [_anyReading] : [.. columns.Select(column => _readingOf[column.Index]).Distinct()];
        }
    }
}
