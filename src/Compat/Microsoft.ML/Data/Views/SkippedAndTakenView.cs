namespace Microsoft.ML.Data;

/// <summary>A view of another's rows from <paramref name="skip"/> on, at most <paramref name="take"/> of them.</summary>
internal sealed class SkippedAndTakenView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), ColumnLayout.Active(Schema, columnsNeeded), skip, take);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : PassingCursor(input, active)
    {
        private long _skip = skip;
        private long _take = take;

        protected override bool MoveNextCore()
        {
            // Not one row more than asked for is read.
            if (_take == 0)
                return false;
            for (; _skip > 0; _skip--)
                if (!Input.MoveNext())
                    return false;
            _take--;
            return Input.MoveNext();
        }
    }
}
