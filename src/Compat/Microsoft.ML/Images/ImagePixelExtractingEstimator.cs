using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Vectors of pixels of images.</summary>
public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    internal ImagePixelExtractingEstimator(IHostEnvironment environment, InputOutputColumnPair column, ImagePixelExtractingTransformer.Settings settings)
        : base(environment, new(environment, column, settings)) { }

    /// <summary>The colors wanted.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 1,
        Red = 2,
        Green = 4,
        Blue = 8,
        Rgb = Red | Green | Blue,
        All = Alpha | Rgb,
    }

    /// <summary>The order of the colors.</summary>
    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ARBG,
        ABRG,
        ABGR,
        AGRB,
        AGBR,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            ImageColumn.Find(inputSchema, pair.InputColumnName);
            return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, Transformer.ItemType, isKey: false);
        }));
    }
}
