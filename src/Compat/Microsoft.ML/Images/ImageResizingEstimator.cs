using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images of one size of images of any.</summary>
public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(IHostEnvironment environment, InputOutputColumnPair column, ImageResizingTransformer.Settings settings)
        : base(environment, new(environment, column, settings)) { }

    /// <summary>How an image of another shape comes to its new one.</summary>
    public enum ResizingKind : byte
    {
        IsoPad,
        IsoCrop,
        Fill,
    }

    /// <summary>The side that cropping keeps.</summary>
    public enum Anchor : byte
    {
        Right,
        Left,
        Top,
        Bottom,
        Center,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            ImageColumn.Find(inputSchema, pair.InputColumnName);
            return SchemaShape.Column.Of(pair.OutputColumnName, Transformer.OutputType);
        }));
    }
}
