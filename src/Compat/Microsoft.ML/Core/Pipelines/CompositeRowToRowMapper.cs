using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Mappers one after the other; each must give rows of its own <see cref="IRowToRowMapper.OutputSchema"/>.</summary>
internal sealed class CompositeRowToRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper, IDisposable
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Length > 0 ? mappers[^1].OutputSchema : inputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.Value(input, nameof(input));
        Check.Value(activeColumns, nameof(activeColumns));
        Check.Param(input.Schema == InputSchema, nameof(input), "Schema did not match original schema");
        if (mappers.Length == 0)
        {
            foreach (var column in activeColumns)
                Check.Param(input.IsColumnActive(input.Schema[column.Index]), nameof(input), $"Mapper required column '{column.Name}' active but it was not.");
            return input;
        }
        // What each mapper must give for the next one to give what is wanted of it.
        var wanted = new IEnumerable<DataViewSchema.Column>[mappers.Length];
        var active = ColumnLayout.Active(OutputSchema, activeColumns);
        wanted[^1] = [.. OutputSchema.Where(column => active[column.Index])];
        for (int i = mappers.Length - 1; i > 0; i--)
            wanted[i - 1] = mappers[i].GetDependencies(wanted[i]);
        var row = input;
        for (int i = 0; i < mappers.Length; i++)
            row = mappers[i].GetRow(row, wanted[i]);
        return row;
    }

    public void Dispose()
    {
        foreach (var mapper in mappers)
            (mapper as IDisposable)?.Dispose();
    }
}
