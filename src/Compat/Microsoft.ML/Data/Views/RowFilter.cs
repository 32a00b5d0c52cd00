using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A test of rows: which columns it reads and, for a cursor over them, whether its current row stays.</summary>
/// <param name="Columns">The columns' indices.</param>
/// <param name="Make">Called for each cursor.</param>
/// <param name="DependsOnOrder">Whether the answer depends on the rows before: such a test needs all rows in their own order.</param>
internal sealed record RowTest(IReadOnlyList<int> Columns, Func<DataViewRow, Func<bool>> Make, bool DependsOnOrder = false);

/// <summary>A view of those rows of another that pass a test.</summary>
internal sealed class RowFilter(IDataView source, RowTest test) : IDataView
{
    public bool CanShuffle => source.CanShuffle && !test.DependsOnOrder;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return ConsolidatingCursor.Over(this, [.. Schema.Where(column => active[column.Index])], rand)
            ?? new Cursor(source.GetRowCursor(Needed(active), CanShuffle ? rand : null), active, test);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        var inputs = test.DependsOnOrder
            ? [source.GetRowCursor(Needed(active))]
            : source.GetRowCursorSet(Needed(active), n, CanShuffle ? rand : null);
        return [.. inputs.Select(input => new Cursor(input, active, test))];
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
