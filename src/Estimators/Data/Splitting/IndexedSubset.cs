namespace Fovea.Data;

/// <summary>Rows of a view that gives any row by its number: shuffles and splits over cursors as the whole does.</summary>
internal sealed class IndexedSubset : RowView
{
    private readonly RowView _view;
    private readonly int[] _rows;

    private IndexedSubset(RowView view, int[] rows) : base(view.Schema, rows.Length) => (_view, _rows) = (view, rows);

    /// <summary>A part of a part is a part of the whole, so that reading a row takes one step however often a set is split.</summary>
    public static IndexedSubset Of(RowView view, int[] rows) => view is IndexedSubset part
        ? new IndexedSubset(part._view, [.. rows.Select(row => part._rows[row])])
        : new IndexedSubset(view, rows);

    public override Delegate CreateGetter(int column, Func<int> row) => _view.CreateGetter(column, () => _rows[row()]);
}
