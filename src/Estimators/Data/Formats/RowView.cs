using Microsoft.ML;

namespace Fovea.Data;

/// <summary>A view whose rows can be had in any order by number, so it shuffles for free and splits over cursors.</summary>
internal abstract class RowView(DataViewSchema schema, int rows) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public int Rows { get; } = rows;

    public bool CanShuffle => true;

    public long? GetRowCount() => Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new RowViewCursor(this, Active(columnsNeeded), Order(rand), 0, 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = Active(columnsNeeded);
        var order = Order(rand);
        var count = Math.Clamp(n, 1, Math.Max(1, Rows / RowViewCursor.BlockRows));
        return [.. Enumerable.Range(0, count).Select(i => new RowViewCursor(this, active, order, i, count))];
    }

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    /// <param name="column">Which column.</param>
    /// <param name="row">The number of the row the cursor stands at.</param>
    public abstract Delegate CreateGetter(int column, Func<int> row);

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[Schema.Count];
        foreach (var column in columns)
            active[column.Index] = true;
        return active;
    }

    private int[]? Order(Random? rand)
    {
        if (rand is null)
            return null;
        var order = new int[Rows];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        rand.Shuffle(order);
        return order;
    }
}
