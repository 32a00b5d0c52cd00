using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Values looked up in a table.</summary>
public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(IHostEnvironment environment, LookupTable table, InputOutputColumnPair column)
        : base(environment, new(environment, table, column)) { }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            var value = SchemaShape.Column.Of(pair.OutputColumnName, Transformer.Table.ValueType,
                new(Transformer.Table.Annotations.Schema.Select(annotation => SchemaShape.Column.Of(annotation.Name, annotation.Type))));
            if (column.Kind == SchemaShape.Column.VectorKind.Scalar)
                return value;
            if (value.Kind != SchemaShape.Column.VectorKind.Scalar)
                throw new NotSupportedException($"Column '{pair.InputColumnName}' cannot be mapped to values when the column and the map values are both vector type.");
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, value.ItemType, value.IsKey, value.Annotations);
        }));
    }
}
