namespace Microsoft.ML.Data;

/// <summary>A view through a mapper; nothing is computed before a getter is called.</summary>
internal sealed class MappedView(IDataView source, RowMapper mapper) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapper.Layout.Schema;

    public long? GetRowCount() => source.GetRowCount();

    /// <summary>On several threads where the values can be handed from one to another.</summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return ConsolidatingCursor.Over(this, [.. Schema.Where(column => active[column.Index])], rand)
            ?? new MappedCursor(source.GetRowCursor(Needed(active), CanShuffle ? rand : null), mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        var inputs = source.GetRowCursorSet(Needed(active), n, CanShuffle ? rand : null);
        // Rows are dealt out where there is something to compute for them.
        if (inputs.Length == 1 && Enumerable.Range(0, active.Length).Any(column => active[column] && !mapper.Layout.IsInput(column, out _)))
            inputs = RowSplitter.Split(inputs[0], n);
        return [.. inputs.Select(input => new MappedCursor(input, mapper, active))];
    }

    private List<DataViewSchema.Column> Needed(bool[] active)
    {
        var needed = mapper.ActiveInput(active);
        return [.. source.Schema.Where(column => needed[column.Index])];
    }
}
