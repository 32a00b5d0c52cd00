namespace Microsoft.ML.Data;

/// <summary>
/// A row-to-row transformer bound to an input schema. The constructor checks the columns; everything that is a cursor, a row or a view is made of it
/// by <see cref="MappedView"/> and <see cref="BoundMapper"/>.
/// </summary>
internal abstract class RowMapper(DataViewSchema inputSchema)
{
    private ColumnLayout _layout;

    public DataViewSchema InputSchema { get; } = inputSchema;

    // One object for all: rows and views are compared by their schema's identity.
    public ColumnLayout Layout => _layout ?? Interlocked.CompareExchange(ref _layout, MakeLayout(), null) ?? _layout;

    /// <summary>The columns this mapper adds, in the order in which they are numbered below.</summary>
    protected abstract IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns();

    /// <summary>The input columns (by index) that these added columns are made of.</summary>
    public abstract IEnumerable<int> GetDependencies(Func<int, bool> isActive);

    /// <summary>For each added column its <see cref="ValueGetter{TValue}"/>, null where inactive; <paramref name="disposer"/> (or null) runs when the row is disposed.</summary>
    public abstract Delegate[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action disposer);

    protected virtual ColumnLayout MakeLayout() => ColumnLayout.Append(InputSchema, MakeAddedColumns());

    /// <summary>The input columns needed for these output columns, those passed through included.</summary>
    internal bool[] ActiveInput(bool[] activeOutput)
    {
        var needed = new bool[InputSchema.Count];
        var added = new bool[Layout.Added.Count];
        for (int column = 0; column < activeOutput.Length; column++)
            if (activeOutput[column])
                (Layout.IsInput(column, out int index) ? needed : added)[index] = true;
        if (added.Contains(true))
            foreach (int index in GetDependencies(i => added[i]))
                needed[index] = true;
        return needed;
    }

    internal Delegate[] MakeGetters(DataViewRow input, bool[] activeOutput, out Action disposer)
    {
        var added = new bool[Layout.Added.Count];
        for (int column = 0; column < activeOutput.Length; column++)
            if (activeOutput[column] && !Layout.IsInput(column, out int index))
                added[index] = true;
        return MakeGetters(input, i => added[i], out disposer);
    }
}
