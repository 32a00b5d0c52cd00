namespace Microsoft.ML.Data;

/// <summary>A view through a mapper; nothing is computed before a getter is called.</summary>
internal sealed class MappedView(IDataView source, RowMapper mapper) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapper.Layout.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return new MappedCursor(source.GetRowCursor(Needed(active), CanShuffle ? rand : null), mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return [.. source.GetRowCursorSet(Needed(active), n, CanShuffle ? rand : null).Select(input => new MappedCursor(input, mapper, active))];
    }

    private List<DataViewSchema.Column> Needed(bool[] active)
    {
        var needed = mapper.ActiveInput(active);
        return [.. source.Schema.Where(column => needed[column.Index])];
    }
}
