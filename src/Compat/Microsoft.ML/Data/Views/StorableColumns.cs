namespace Microsoft.ML.Data;

/// <summary>Drops the columns whose values cannot outlive their row, images among them.</summary>
internal sealed class StorableColumns(DataViewSchema inputSchema) : RowMapper(inputSchema)
{
    /// <summary>The view itself if there is nothing to drop.</summary>
    public static IDataView Of(IDataView view) => view.Schema.All(column => StoredColumn.CanHold(column.Type))
        ? view
        : new MappedView(view, new StorableColumns(view.Schema));

    public override IEnumerable<int> GetDependencies(Func<int, bool> isActive) => [];

    public override Delegate[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action disposer)
    {
        disposer = null;
        return [];
    }

    protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [];

    protected override ColumnLayout MakeLayout() =>
        ColumnLayout.Select(InputSchema, InputSchema.Where(column => StoredColumn.CanHold(column.Type)).Select(column => column.Index));
}
