using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A mapper as third parties and prediction engines see it.</summary>
internal sealed class BoundMapper(RowMapper mapper) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapper.InputSchema;

    public DataViewSchema OutputSchema => mapper.Layout.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = mapper.ActiveInput(ColumnLayout.Active(OutputSchema, dependingColumns));
        return [.. InputSchema.Where(column => needed[column.Index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.Value(input, nameof(input));
        Check.Value(activeColumns, nameof(activeColumns));
        Check.That(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, mapper, ColumnLayout.Active(OutputSchema, activeColumns));
    }
}
