using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view whose columns are read from its source once, as far as cursors have come, and kept in memory; can therefore be shuffled.</summary>
internal sealed class CachedView : IDataView
{
    private readonly IDataView _source;
    private readonly Lock _lock = new();
    private readonly Reading[] _readingOf;
    // The reading that tells how many rows there are when no column is wanted.
    private Reading _anyReading;

    /// <param name="source">What is cached; columns that cannot be kept are dropped.</param>
    /// <param name="prefetch">Columns of the source that are read together as soon as any of them is wanted.</param>
    public CachedView(IDataView source, IReadOnlyList<DataViewSchema.Column> prefetch)
    {
        foreach (var column in prefetch)
            Check.That(StoredColumn.CanHold(column.Type), $"Asked to prefetch column '{column.Name}' into cache, but it is of unhandled type '{column.Type}'");
        _source = StorableColumns.Of(source);
        _readingOf = new Reading[_source.Schema.Count];
        if (prefetch.Count > 0)
            ReadingsFor([.. _source.Schema.Where(column => prefetch.Any(p => p.Name == column.Name && p.IsHidden == column.IsHidden))]);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount() ?? _anyReading?.CountIfKnown;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        var readings = ReadingsFor([.. Schema.Where(column => active[column.Index])]);
        int[] order = null;
        if (rand is not null)
            order = RandomOrder.Of(readings[0].CountAll(), rand);
        var blocks = new BlockCounter();
        int cursors = n <= 1 ? 1 : Math.Min(n, 2 * Math.Max(2, Environment.ProcessorCount - 1));
        return [.. Enumerable.Range(0, cursors).Select(_ => new Cursor(this, active, readings, order, cursors == 1 ? null : blocks))];
    }

    private Reading[] ReadingsFor(List<DataViewSchema.Column> columns)
    {
        lock (_lock)
        {
            var fresh = columns.Where(column => _readingOf[column.Index] is null).ToList();
            if (fresh.Count > 0 || _anyReading is null)
            {
                _anyReading = new(_source, fresh);
                foreach (var column in fresh)
                    _readingOf[column.Index] = _anyReading;
            }
            return columns.Count == 0 ? [_anyReading] : [.. columns.Select(column => _readingOf[column.Index]).Distinct()];
        }
    }

    /// <summary>One pass over the source that stores some columns; advances when a cursor wants a row that is not there yet.</summary>
    private sealed class Reading(IDataView source, List<DataViewSchema.Column> columns)
    {
        private readonly Lock _reading = new();
        private readonly Dictionary<int, StoredColumn> _stored = [];
        private DataViewRowCursor _cursor;
        private int _count;
        private volatile bool _complete;
        private Exception _failure;

        public int? CountIfKnown => _complete ? _count : null;

        public int CountAll()
        {
            Has(int.MaxValue);
            return _count;
        }

        /// <summary>Whether there is a row of this index; reads up to it.</summary>
        public bool Has(int row)
        {
            if (_complete)
                return row < _count;
            lock (_reading)
            {
                Open();
                // A row may have been stored by half: after an error there is no going on.
                try
                {
                    while (_failure is null && !_complete && _count <= row)
                        Advance();
                }
                catch (Exception error)
                {
                    _failure = error;
                }
                return _failure is null
                    ? row < _count
                    : throw new InvalidOperationException($"Reading the rows to cache failed: {_failure.Message}", _failure);
            }
        }

        public Delegate MakeGetter(int column, Func<int> index)
        {
            lock (_reading)
            {
                Open();
                return _stored[column].MakeGetter(index);
            }
        }

        private void Advance()
        {
            if (_cursor.MoveNext())
            {
                foreach (var column in _stored.Values)
                    column.Add();
                _count++;
                return;
            }
            _complete = true;
            _cursor.Dispose();
        }

        private void Open()
        {
            if (_cursor is not null)
                return;
            _cursor = source.GetRowCursor(columns);
            foreach (var column in columns)
                _stored[column.Index] = StoredColumn.Make(_cursor, column);
        }
    }

    /// <summary>Hands out blocks of rows to cursors that share them.</summary>
    private sealed class BlockCounter
    {
        private int _next = -1;

        public int Next() => Interlocked.Increment(ref _next);
    }

    private sealed class Cursor : RootCursor
    {
        private const int BlockSize = 64;

        private readonly CachedView _view;
        private readonly bool[] _active;
        private readonly Reading[] _readings;
        private readonly int[] _order;
        private readonly BlockCounter _blocks;
        private readonly Delegate[] _getters;
        private long _block;
        private int _next;
        private int _current;

        /// <param name="view">What is read.</param>
        /// <param name="active">The columns wanted.</param>
        /// <param name="readings">The readings that store them.</param>
        /// <param name="order">The order of rows, or null for the source's.</param>
        /// <param name="blocks">Where to take the next block from if the rows are shared; null if this cursor has them all.</param>
        public Cursor(CachedView view, bool[] active, Reading[] readings, int[] order, BlockCounter blocks)
        {
            _view = view;
            _active = active;
            _readings = readings;
            _order = order;
            _blocks = blocks;
            _getters = [.. view.Schema.Select(column => active[column.Index] ? view._readingOf[column.Index].MakeGetter(column.Index, Current) : null)];
        }

        public override DataViewSchema Schema => _view.Schema;

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
    }
}
