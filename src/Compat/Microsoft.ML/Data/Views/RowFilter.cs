using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A test of rows: which columns it reads and, for a cursor over them, whether its current row stays.</summary>
internal sealed record RowTest(IReadOnlyList<int> Columns, Func<DataViewRow, Func<bool>> Make);

/// <summary>A view of those rows of another that pass a test.</summary>
internal sealed class RowFilter(IDataView source, RowTest test, bool canShuffle) : IDataView
{
    public bool CanShuffle => canShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return new Cursor(source.GetRowCursor(Needed(active), canShuffle ? rand : null), active, test);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        // What a test that counts rows says depends on their order.
        return canShuffle
            ? [.. source.GetRowCursorSet(Needed(active), n, rand).Select(input => new Cursor(input, active, test))]
            : [GetRowCursor(columnsNeeded)];
    }

    private List<DataViewSchema.Column> Needed(bool[] active) => [.. Schema.Where(column => active[column.Index] || test.Columns.Contains(column.Index))];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, RowTest test) : PassingCursor(input, active)
    {
        private readonly Func<bool> _stays = test.Make(input);

        public override long Batch => Input.Batch;

        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
                if (_stays())
                    return true;
            return false;
        }
    }
}
