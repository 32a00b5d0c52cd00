using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The getters of one row or cursor through a mapper.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly DataViewRow _input;
    private readonly ColumnLayout _layout;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private readonly Action _disposer;

    public MappedColumns(DataViewRow input, RowMapper mapper, bool[] active)
    {
        _input = input;
        _layout = mapper.Layout;
        _active = active;
        _getters = mapper.MakeGetters(input, active, out _disposer);
    }

    public bool IsActive(DataViewSchema.Column column) =>
        column.Index < _active.Length ? _active[column.Index] : throw Errors.NotInSchema(column);

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
            throw Errors.Inactive(column);
        if (_layout.IsInput(column.Index, out int index))
            return _input.GetGetter<TValue>(_input.Schema[index]);
        return _getters[index] as ValueGetter<TValue> ?? throw Errors.InvalidGetter(typeof(TValue), _getters[index]);
    }

    public void Dispose() => _disposer?.Invoke();
}
