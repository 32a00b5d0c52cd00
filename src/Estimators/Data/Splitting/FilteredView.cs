using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Rows of a view that gives them by cursor only: the others are passed over, unread. Where the view can shuffle, its rows are
/// told by their ids, which are the same in every order.
/// </summary>
internal sealed class FilteredView : IDataView
{
    private readonly IDataView _view;
    private readonly int[] _rows;
    private readonly Lock _reading = new();
    private HashSet<DataViewRowId>? _ids;

    /// <param name="view">The whole.</param>
    /// <param name="rows">Positions of its cursor, ascending.</param>
    public FilteredView(IDataView view, int[] rows) => (_view, _rows) = (view, rows);

    public DataViewSchema Schema => _view.Schema;

    public bool CanShuffle => _view.CanShuffle;

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (rand is null || !CanShuffle)
            return new FilteredCursor(_view.GetRowCursor(columnsNeeded), _rows.Length, Positions());
        var ids = Ids();
        var cursor = _view.GetRowCursor(columnsNeeded, rand);
        var id = cursor.GetIdGetter();
        DataViewRowId value = default;
        return new FilteredCursor(cursor, _rows.Length, () =>
        {
            id(ref value);
            return ids.Contains(value);
        });
    }

    /// <summary>One cursor: by position the rows of several cannot be told.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Whether the row at the next position is one of ours.</summary>
    private Func<bool> Positions()
    {
        var (position, next) = (-1, 0);
        return () =>
        {
            if (next == _rows.Length || ++position != _rows[next])
                return false;
            next++;
            return true;
        };
    }

    private HashSet<DataViewRowId> Ids()
    {
        lock (_reading)
        {
            if (_ids is not null)
                return _ids;
            var ids = new HashSet<DataViewRowId>(_rows.Length);
            using var cursor = new FilteredCursor(_view.GetRowCursor([]), _rows.Length, Positions());
            var getter = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                getter(ref id);
                ids.Add(id);
            }
            return _ids = ids;
        }
    }
}
