using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Some of the columns.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(IHostEnvironment environment, ColumnSelectingTransformer.Selection selection)
        : base(environment, new(environment, selection)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        Transformer.CheckColumns(inputSchema.Select(column => column.Name));
        return new(inputSchema.Where(column => Transformer.Keeps(column.Name)));
    }
}
