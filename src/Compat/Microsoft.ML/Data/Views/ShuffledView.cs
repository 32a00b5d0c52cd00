using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A view of another's rows in random order: each row is drawn from a pool of the next <paramref name="poolSize"/> ones, and the source is asked to
/// shuffle too if it can and <paramref name="shuffleSource"/>. Every cursor without a generator of its own gives the same order.
/// </summary>
internal sealed class ShuffledView(IDataView source, int poolSize, bool shuffleSource, uint seed) : IDataView
{
    private readonly IDataView _source = StorableColumns.Of(source);

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var random = rand ?? new HybridTausworthe(seed);
        var input = _source.GetRowCursor(columnsNeeded, shuffleSource ? new HybridTausworthe(random) : null);
        return poolSize == 1 ? input : new Cursor(input, poolSize, random);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly int _poolSize;
        private readonly Random _random;
        // A ring of places in the stored columns; the pool is the Count places from First on.
        private readonly int[] _ring;
        private readonly StoredColumn[] _columns;
        private readonly StoredColumn _ids;
        private readonly Delegate[] _getters;
        private readonly Delegate _idGetter;
        private int _first, _count;
        private bool _exhausted;
        private int _current;

        public Cursor(DataViewRowCursor input, int poolSize, Random random)
        {
            _input = input;
            _poolSize = poolSize;
            _random = random;
            _ring = new int[poolSize];
            _columns = [.. input.Schema.Select(column => input.IsColumnActive(column) ? StoredColumn.Make(input, column) : null)];
            _getters = [.. _columns.Select(column => column?.MakeGetter(Current))];
            _ids = StoredColumn.MakeIds(input);
            _idGetter = _ids.MakeGetter(Current);
        }

        public override DataViewSchema Schema => _input.Schema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_idGetter;

        public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Check.Param(IsColumnActive(column), nameof(column), "requested column not active");
            return _getters[column.Index] as ValueGetter<TValue> ?? throw Errors.InvalidGetter(typeof(TValue), _getters[column.Index]);
        }

        protected override bool MoveNextCore()
        {
            try
            {
                while (_count < _poolSize && !_exhausted)
                    Fill();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Reading the rows to shuffle failed: {error.Message}", error);
            }
            if (_count == 0)
                return false;
            // The drawn row changes places with the first one, which leaves the pool.
            int drawn = (_first + _random.Next(_count)) % _poolSize;
            _current = _ring[drawn];
            _ring[drawn] = _ring[_first];
            _ring[_first] = _current;
            _first = (_first + 1) % _poolSize;
            _count--;
            return true;
        }

        protected override void DisposeOwn() => _input.Dispose();

        private void Fill()
        {
            if (!_input.MoveNext())
            {
                _exhausted = true;
                return;
            }
            int slot = (_first + _count) % _poolSize;
            bool grows = _ids.Count < _poolSize;
            if (grows)
                _ring[slot] = _ids.Count;
            int place = _ring[slot];
            foreach (var column in _columns.Append(_ids))
                if (grows)
                    column?.Add();
                else
                    column?.Replace(place);
            _count++;
        }

        private int Current()
        {
            CheckOnRow();
            return _current;
        }
    }
}
