namespace Microsoft.ML.Data;

/// <summary>One row through a mapper. A column passed through can be read whenever the input has it, whether or not it was asked for here.</summary>
internal sealed class MappedRow(DataViewRow input, RowMapper mapper, bool[] active) : WrappingRow(input)
{
    private readonly MappedColumns _columns = new(input, mapper, active);

    public override DataViewSchema Schema => mapper.Layout.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        mapper.Layout.IsInput(column.Index, out int index) ? Input.IsColumnActive(Input.Schema[index]) : _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        mapper.Layout.IsInput(column.Index, out int index) ? Input.GetGetter<TValue>(Input.Schema[index]) : _columns.GetGetter<TValue>(column);

    protected override void DisposeOwn() => _columns.Dispose();
}
