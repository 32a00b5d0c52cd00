using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Benchmarks;

/// <summary>A view of rows that are made when they are asked for, so that it takes no memory however many they are.</summary>
/// <param name="schema">The columns.</param>
/// <param name="rows">How many.</param>
/// <param name="columns">For each column the getter over the number of the row.</param>
internal sealed class GeneratedView(DataViewSchema schema, int rows, params Func<Func<int>, Delegate>[] columns) : RowView(schema, rows)
{
    public override Delegate CreateGetter(int column, Func<int> row) => columns[column](row);
}
