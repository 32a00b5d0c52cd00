namespace Microsoft.ML.Data;

/// <summary>A mapper whose added columns are made independently, each of its own input columns.</summary>
internal abstract class ColumnMapper(DataViewSchema inputSchema) : RowMapper(inputSchema)
{
    /// <summary>The input columns that the added column <paramref name="index"/> is made of.</summary>
    protected abstract IEnumerable<int> GetSources(int index);

    protected abstract Delegate MakeGetter(DataViewRow input, int index, out Action disposer);

    public sealed override IEnumerable<int> GetDependencies(Func<int, bool> isActive) =>
        Enumerable.Range(0, Layout.Added.Count).Where(isActive).SelectMany(GetSources);

    public sealed override Delegate[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action disposer)
    {
        var getters = new Delegate[Layout.Added.Count];
        Action disposers = null;
        for (int i = 0; i < getters.Length; i++)
            if (isActive(i))
            {
                getters[i] = MakeGetter(input, i, out var one);
                disposers += one;
            }
        disposer = disposers;
        return getters;
    }
}
