namespace Microsoft.ML;

/// <summary>A row that moves through an <see cref="IDataView"/>; before the first move and after the last its position is -1.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor() { }

    public abstract bool MoveNext();
}
