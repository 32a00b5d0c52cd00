namespace Microsoft.ML.Data;

/// <summary>A view whose columns are read from its source once, as far as cursors have come, and kept in memory.</summary>
internal sealed class CachedView : IDataView
{
    public CachedView(IDataView source, IReadOnlyList<DataViewSchema.Column> prefetch) => throw new NotImplementedException();
    public bool CanShuffle => true;
    public DataViewSchema Schema => null;
    public long? GetRowCount() => null;
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => null;
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => null;
}
