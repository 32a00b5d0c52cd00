using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Classification;

/// <summary>A classifier as <c>ml.Model.Save</c> writes it: the columns it makes, row by row.</summary>
internal abstract class ClassificationMapping<TRow, TImage> : ImageMapping<TRow, TImage, ClassPrediction, ClassificationMapping.Columns>
    where TRow : class, IImageRow<TImage>, new()
{
    protected sealed override string Kind => CnnTransformer.Kind;

    protected sealed override Func<TImage, ClassPrediction> Read(StoredModel stored) => Predictor(CnnModel.Load(stored, network: null, ComputeDevice.Auto));

    protected virtual Func<TImage, ClassPrediction> Predictor(CnnTransformer model) => new RowPredictor<TImage, ClassPrediction>(model).Predict;

    protected sealed override void Write(ClassPrediction prediction, ClassificationMapping.Columns result)
    {
        result.Best = prediction.Best;
        result.Scores = MLNetColumns.Pack(prediction.Scores.AsSpan(prediction.Offset)); // one image, so all that follows is its
    }
}

/// <summary>The mappings of the kinds of image columns. ML.NET finds them by their contracts when it loads a model.</summary>
internal static class ClassificationMapping
{
    private const string Best = "Fovea.Best", Scores = "Fovea.Scores";

    public static MLNetModel ToMLNet(CnnTransformer transformer, CnnModel model)
    {
        var chain = new MLNetModel(transformer, model.Options.ImageColumn, model.Images);
        switch (model.Images)
        {
            case { Kind: ImageColumnKind.Path }: chain.Map(new OfPaths(), OfPaths.Contract, Best, Scores); break;
            case { Kind: ImageColumnKind.Bytes }: chain.Map(new OfBytes(), OfBytes.Contract, Best, Scores); break;
            case { Height: 0 }: chain.Map(new OfPixels(), OfPixels.Contract, Best, Scores); break;
            default: chain.Map(new OfSizedPixels(), OfSizedPixels.Contract, Best, Scores); break;
        }
        var classes = transformer.ClassNames.Count;
        var label = transformer.Outputs[0];
        // The column's own getter, told each class in turn: so the loaded label has the type and the names of this one.
        chain.Lookup(label.Column, Best, classes, row => label.Getter(() => new ClassPrediction([], 0, row())));
        chain.Unpack(model.Options.ScoreColumn, Scores, classes);
        return chain;
    }

    /// <summary>What a mapping makes.</summary>
    internal sealed class Columns
    {
        /// <summary>Index of the likeliest class.</summary>
        [ColumnName(ClassificationMapping.Best)]
        public int Best { get; set; }

        /// <summary>The probabilities, packed.</summary>
        [ColumnName(ClassificationMapping.Scores)]
        public ReadOnlyMemory<char> Scores { get; set; }
    }

    [CustomMappingFactoryAttribute(Contract)]
    internal sealed class OfPaths : ClassificationMapping<PathRow, ReadOnlyMemory<char>>
    {
        public const string Contract = "Fovea.Classification.Path";
    }

    [CustomMappingFactoryAttribute(Contract)]
    internal sealed class OfBytes : ClassificationMapping<BytesRow, VBuffer<byte>>
    {
        public const string Contract = "Fovea.Classification.Bytes";
    }

    [CustomMappingFactoryAttribute(Contract)]
    internal sealed class OfPixels : ClassificationMapping<PixelsRow, MLImage>
    {
        public const string Contract = "Fovea.Classification.Pixels";

        public OfPixels() => PixelsRow.Register();
    }

    /// <summary>Of the bytes (H, W, RGB) of images that are all of one size.</summary>
    [CustomMappingFactoryAttribute(Contract)]
    internal sealed class OfSizedPixels : ClassificationMapping<BytesRow, VBuffer<byte>>
    {
        public const string Contract = "Fovea.Classification.SizedPixels";

        protected override Func<VBuffer<byte>, ClassPrediction> Predictor(CnnTransformer model)
        {
            var rows = new RowPredictor<MLImage, ClassPrediction>(model);
            return pixels =>
            {
                using var image = PixelsRow.ToImage(pixels, model.Images);
                return rows.Predict(image);
            };
        }
    }
}
