using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns under second names.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment environment, string outputColumnName, string inputColumnName)
        : base(environment, new(environment, outputColumnName, inputColumnName)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, column.ItemType, column.IsKey, column.Annotations);
        }));
    }
}
