using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One row through a mapper.</summary>
internal sealed class MappedRow : WrappingRow
{
    private readonly MappedColumns _columns;

    public MappedRow(DataViewRow input, RowMapper mapper, DataViewSchema schema, bool[] active) : base(input)
    {
        Schema = schema;
        _columns = new(input, mapper, active);
    }

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

    protected override void DisposeOwn() => _columns.Dispose();
}
