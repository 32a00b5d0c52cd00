using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>Two mappers as one: the second takes what the first gives.</summary>
/// <param name="first">Reads the input.</param>
/// <param name="second">Made for the first one's output schema.</param>
internal sealed class MapperPair(IRowToRowMapper first, IRowToRowMapper second) : IRowToRowMapper
{
    public DataViewSchema InputSchema => first.InputSchema;

    public DataViewSchema OutputSchema => second.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        first.GetDependencies(second.GetDependencies(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = activeColumns.ToList();
        return second.GetRow(first.GetRow(input, second.GetDependencies(active)), active);
    }
}
