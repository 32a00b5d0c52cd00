using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Images, or the bytes of image files, of paths.</summary>
public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(IHostEnvironment environment, string imageFolder, bool decode, InputOutputColumnPair column)
        : base(environment, new(environment, imageFolder, decode, column)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            if (column.ItemType is not TextDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, TextDataViewType.Instance.ToString(), column.GetTypeString());
            return SchemaShape.Column.Of(pair.OutputColumnName, Transformer.OutputType);
        }));
    }
}
