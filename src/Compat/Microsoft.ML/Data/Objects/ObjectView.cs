using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view of objects, enumerated once for every cursor and always in their own order.</summary>
internal sealed class ObjectView<TRow>(IEnumerable<TRow> objects, RowDefinition definition) : IDataView where TRow : class
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => definition.Schema;

    public long? GetRowCount() => (objects as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ColumnLayout.Active(Schema, columnsNeeded);
        return new Cursor(objects.GetEnumerator(), definition, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly IEnumerator<TRow> _objects;
        private readonly Delegate[] _getters;

        public Cursor(IEnumerator<TRow> objects, RowDefinition definition, bool[] active)
        {
            _objects = objects;
            Schema = definition.Schema;
            _getters = ObjectGetters.Make(Current, definition, i => active[i]);
        }

        public override DataViewSchema Schema { get; }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
        {
            CheckOnRow();
            value = new((ulong)Position, 0);
        };

        public override bool IsColumnActive(DataViewSchema.Column column) => ObjectColumns.IsActive(_getters, column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ObjectColumns.GetGetter<TValue>(_getters, column);

        protected override bool MoveNextCore()
        {
            if (!_objects.MoveNext())
                return false;
            Check.That(_objects.Current is not null, "Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override void DisposeOwn() => _objects.Dispose();

        private TRow Current()
        {
            CheckOnRow();
            return _objects.Current;
        }
    }
}
