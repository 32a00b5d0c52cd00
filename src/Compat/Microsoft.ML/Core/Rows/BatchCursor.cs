using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that shows rows out of batches.</summary>
internal abstract class BatchCursor : RootCursor
{
    private readonly Delegate[] _getters;

    /// <param name="schema">The schema of the rows.</param>
    /// <param name="reader">Tells the columns that the batches have.</param>
    protected BatchCursor(DataViewSchema schema, BatchReader reader)
    {
        Schema = schema;
        _getters = [.. reader.Ports.Select((port, i) => port?.MakeGetter(() => StoreOnRow(i), () => Index))];
    }

    public sealed override DataViewSchema Schema { get; }

    protected RowBatch Current { get; set; }

    protected int Index { get; set; }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_getters[^1];

    public sealed override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index < Schema.Count ? _getters[column.Index] is not null : throw Errors.NotInSchema(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw Errors.Inactive(column);
        return _getters[column.Index] as ValueGetter<TValue> ?? throw Errors.InvalidGetter(typeof(TValue), _getters[column.Index]);
    }

    private Array StoreOnRow(int port)
    {
        CheckOnRow();
        return Current.Stores[port];
    }
}
