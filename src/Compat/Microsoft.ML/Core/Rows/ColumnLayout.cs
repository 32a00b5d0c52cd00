namespace Microsoft.ML.Data;

/// <summary>The output schema of a mapper and where each of its columns comes from: the input's column of that index, or, as ~i, the i-th added column.</summary>
internal sealed class ColumnLayout
{
    private readonly int[] _origins;

    private ColumnLayout(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added, int[] origins)
    {
        _origins = origins;
        Added = added;
        Schema = DataViewSchema.Of(origins.Select(origin => origin >= 0 ? new(input[origin]) : added[~origin]));
    }

    public DataViewSchema Schema { get; }

    public IReadOnlyList<DataViewSchema.DetachedColumn> Added { get; }

    /// <summary>All input columns and the added ones: each behind the last column of its name, which it hides, or at the end.</summary>
    public static ColumnLayout Append(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added)
    {
        var origins = Enumerable.Range(0, input.Count).ToList();
        for (int i = 0; i < added.Count; i++)
        {
            string name = added[i].Name;
            int hidden = origins.FindLastIndex(origin => (origin >= 0 ? input[origin].Name : added[~origin].Name) == name);
            origins.Insert(hidden < 0 ? origins.Count : hidden + 1, ~i);
        }
        return new(input, added, [.. origins]);
    }

    /// <summary>These input columns and no others.</summary>
    public static ColumnLayout Select(DataViewSchema input, IEnumerable<int> columns) => new(input, [], [.. columns]);

    /// <summary>Whether the output column is an input column; <paramref name="index"/> is that column's or the added column's.</summary>
    public bool IsInput(int column, out int index)
    {
        index = _origins[column];
        if (index >= 0)
            return true;
        index = ~index;
        return false;
    }

    /// <summary>Which of the schema's columns are among <paramref name="columns"/>, by index.</summary>
    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        Runtime.Check.Value(columns, "columnsNeeded");
        var active = new bool[schema.Count];
        foreach (var column in columns)
            active[column.Index < active.Length ? column.Index : throw Runtime.Errors.NotInSchema(column)] = true;
        return active;
    }
}
