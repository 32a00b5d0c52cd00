using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Stops at some rows of another cursor.</summary>
/// <param name="input">The cursor over all rows; disposed with this one.</param>
/// <param name="count">How many rows are wanted; behind the last of them nothing is read.</param>
/// <param name="isWanted">Whether the row that <paramref name="input"/> stands at is; asked once for each.</param>
internal sealed class FilteredCursor(DataViewRowCursor input, int count, Func<bool> isWanted) : DataViewRowCursor
{
    private long _position = -1;
    private bool _ended;

    public override DataViewSchema Schema => input.Schema;

    public override long Position => _position;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool MoveNext()
    {
        while (!_ended && _position + 1 < count && input.MoveNext())
        {
            if (!isWanted())
                continue;
            _position++;
            return true;
        }
        _ended = true;
        _position = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
