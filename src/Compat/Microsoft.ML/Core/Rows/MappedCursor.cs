namespace Microsoft.ML.Data;

/// <summary>A cursor through a mapper.</summary>
internal sealed class MappedCursor : WrappingCursor
{
    private readonly MappedColumns _columns;

    public MappedCursor(DataViewRowCursor input, RowMapper mapper, bool[] active) : base(input)
    {
        Schema = mapper.Layout.Schema;
        _columns = new(input, mapper, active);
    }

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

    protected override void DisposeOwn() => _columns.Dispose();
}
