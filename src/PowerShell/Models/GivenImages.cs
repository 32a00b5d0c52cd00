using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>Images in memory, as paths, bytes or decoded, as a view of one column.</summary>
/// <typeparam name="TImage">What the column's getters give.</typeparam>
internal sealed class GivenImages<TImage> : IDataView
{
    private readonly IReadOnlyList<TImage> _images;

    public GivenImages(string column, DataViewType type, IReadOnlyList<TImage> images)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(column, type);
        Schema = schema.ToSchema();
        _images = images;
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _images.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(this)];

    private sealed class Cursor(GivenImages<TImage> view) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext() => _row < view._images.Count && ++_row < view._images.Count;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (Delegate)(ValueGetter<TImage>)((ref TImage value) => value = view._images[_row]) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {typeof(TImage)}, but {typeof(TValue)} was asked for.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);
    }
}
