using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images of vectors of pixels.</summary>
public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    internal VectorToImageConvertingEstimator(IHostEnvironment environment, InputOutputColumnPair column, VectorToImageConvertingTransformer.Settings settings)
        : base(environment, new(environment, column, settings)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            if (column.Kind != SchemaShape.Column.VectorKind.Vector
                || column.ItemType != NumberDataViewType.Single && column.ItemType != NumberDataViewType.Double && column.ItemType != NumberDataViewType.Byte)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, "known-size vector of type Single, Double or Byte", column.GetTypeString());
            return SchemaShape.Column.Of(pair.OutputColumnName, Transformer.OutputType);
        }));
    }
}
