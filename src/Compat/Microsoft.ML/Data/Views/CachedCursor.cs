using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over cached columns.</summary>
internal sealed class CachedCursor : RootCursor
{
    private const int BlockSize = 64;

    private readonly bool[] _active;
    private readonly CachedColumns[] _readings;
    private readonly int[] _order;
    private readonly Blocks _blocks;
    private readonly Delegate[] _getters;
    private long _block;
    private int _next;
    private int _current;

    /// <param name="schema">The schema of the rows.</param>
    /// <param name="active">The columns wanted.</param>
    /// <param name="columns">By column, where it is stored.</param>
    /// <param name="readings">Those of them that are wanted.</param>
    /// <param name="order">The order of rows, or null for the source's.</param>
    /// <param name="blocks">Where to take the next block from if the rows are shared; null if this cursor has them all.</param>
    public CachedCursor(DataViewSchema schema, bool[] active, CachedColumns[] columns, CachedColumns[] readings, int[] order, Blocks blocks)
    {
        Schema = schema;
        _active = active;
        _readings = readings;
        _order = order;
        _blocks = blocks;
        _getters = [.. schema.Select(column => active[column.Index] ? columns[column.Index].MakeGetter(column.Index, Current) : null)];
    }

    public override DataViewSchema Schema { get; }

    public override long Batch => _block;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)Current(), 0);

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index < _active.Length ? _active[column.Index] : throw Errors.NotInSchema(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Check.Param(IsColumnActive(column), nameof(column), "requested column not active");
        return _getters[column.Index] as ValueGetter<TValue> ?? throw Errors.InvalidGetter(typeof(TValue), _getters[column.Index]);
    }

    protected override bool MoveNextCore()
    {
        if (_blocks is not null && _next % BlockSize == 0)
        {
            _block = _blocks.Next();
            _next = (int)(_block * BlockSize);
        }
        int row = _next++;
        if (_order is not null)
        {
            if (row >= _order.Length)
                return false;
            row = _order[row];
        }
        _current = row;
        foreach (var reading in _readings)
            if (!reading.Has(row))
                return false;
        return true;
    }

    private int Current()
    {
        CheckOnRow();
        return _current;
    }

    /// <summary>Hands out blocks of rows to cursors that share them.</summary>
    internal sealed class Blocks
    {
        private int _next = -1;

        public int Next() => Interlocked.Increment(ref _next);
    }
}
