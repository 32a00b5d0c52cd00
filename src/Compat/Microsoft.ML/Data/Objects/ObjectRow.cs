using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row whose values are the members of one object, which can be exchanged for another.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _value;
    private long _position = -1;

    public ObjectRow(RowDefinition definition, Func<int, bool> active = null)
    {
        Schema = definition.Schema;
        _getters = ObjectGetters.Make(Current, definition, active ?? (_ => true));
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    /// <summary>The getters by column, null where inactive.</summary>
    public IReadOnlyList<Delegate> Getters => _getters;

    /// <summary>Moves to the next row, of which this object has the values.</summary>
    public void MoveTo(TRow value)
    {
        Check.Value(value, "row");
        _value = value;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => ObjectColumns.IsActive(_getters, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ObjectColumns.GetGetter<TValue>(_getters, column);

    private TRow Current()
    {
        Check.That(_value is not null, Errors.NoRow);
        return _value;
    }
}
