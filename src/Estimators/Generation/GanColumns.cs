using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Generation;

/// <summary>The columns that a trained GAN adds.</summary>
internal static class GanColumns
{
    public static DataViewSchema.DetachedColumn Image(GanOptions options) =>
        new(options.GeneratedImageColumn, new ImageDataViewType(options.ImageHeight, options.ImageWidth));

    public static DataViewSchema.DetachedColumn Score(GanOptions options) => new(options.RealismScoreColumn, NumberDataViewType.Single);

    /// <summary>The score as the predictors of images have their columns.</summary>
    public static PredictionColumn<float> ScoreOf(GanOptions options) =>
        new(Score(options), current => (ValueGetter<float>)((ref float value) => value = current()));

    /// <summary>The image as the predictors have their columns.</summary>
    public static PredictionColumn<GeneratedPicture> ImageOf(GanOptions options) => new(Image(options), current => (ValueGetter<MLImage>)((ref MLImage value) =>
    {
        // As ML.NET's own image columns: who asks for the next image has done with the last.
        value?.Dispose();
        value = current().ToCanvas().ToImage();
    }));
}
