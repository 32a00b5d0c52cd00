namespace Microsoft.ML.Data;

/// <summary>The rows of texts; they are read again with every cursor.</summary>
internal sealed class TextView(IMultiStreamSource source, TextFormat format, TextColumn[] columns, DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(schema, columnsNeeded);
        return new TextCursor(source, format, [.. columns.Select((column, i) => active[i] ? column : null)], schema);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
