namespace Microsoft.ML.Data;

/// <summary>One pass over the source that stores some columns; advances when a cursor wants a row that is not there yet.</summary>
internal sealed class CachedColumns(IDataView source, List<DataViewSchema.Column> columns)
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
