using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Walks over every <paramref name="step"/>th block of rows, beginning with block <paramref name="first"/>.</summary>
internal sealed class RowViewCursor(RowView view, bool[] active, int[]? order, int first, int step) : DataViewRowCursor
{
    /// <summary>Rows that share a <see cref="Batch"/> number: whoever merges cursors restores the order by it.</summary>
    public const int BlockRows = 64;

    private long _block = first;
    private int _inBlock = -1;
    private long _position = -1;
    private int _row;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _position;

    public override long Batch => _block;

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < active.Length && active[column.Index];

    public override bool MoveNext()
    {
        if (_block * BlockRows >= view.Rows)
        {
            _position = -1;
            return false;
        }
        if (++_inBlock == BlockRows)
        {
            _inBlock = 0;
            _block += step;
        }
        var place = _block * BlockRows + _inBlock;
        if (place >= view.Rows)
        {
            _block = view.Rows;
            _position = -1;
            return false;
        }
        _row = order?[place] ?? (int)place;
        _position++;
        return true;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentException($"The column '{column.Name}' was not asked for when the cursor was opened.", nameof(column));
        var getter = view.CreateGetter(column.Index, CurrentRow);
        return getter as ValueGetter<TValue>
            ?? throw new ArgumentException($"The column '{column.Name}' is of type {column.Type}, whose values are not {typeof(TValue).Name}.", nameof(column));
    }

    /// <summary>The same for a row in whatever order it comes.</summary>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)CurrentRow(), 0);

    private int CurrentRow() => _position >= 0 ? _row : throw new InvalidOperationException("The cursor stands at no row: call MoveNext first, and stop when it gives false.");
}
