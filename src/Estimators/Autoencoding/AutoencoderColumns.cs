using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Autoencoding;

/// <summary>The columns that an autoencoder adds.</summary>
internal static class AutoencoderColumns
{
    /// <summary>Annotation of the column of −ln p(x|z): the name of the likelihood, which says what the nats are of.</summary>
    public const string Likelihood = "Likelihood";

    /// <param name="options">Names and kind.</param>
    /// <param name="input">The size of reconstructions; null where it is not known yet.</param>
    /// <param name="threshold">Of the error; null where it is not known yet.</param>
    /// <param name="isCorrupted">The network sees corrupted images.</param>
    public static IReadOnlyList<PredictionColumn<AutoencoderPrediction>> Of(AutoencoderOptions options, ImageInput? input, double? threshold, bool isCorrupted)
    {
        var code = new VectorDataViewType(NumberDataViewType.Single, options.LatentSize);
        var picture = input is null ? new ImageDataViewType() : new ImageDataViewType(input.Height, input.Width);
        var columns = new List<PredictionColumn<AutoencoderPrediction>>
        {
            Vector(options.LatentColumn, p => p.Latent),
            Picture(options.ReconstructionColumn, p => p.Reconstruction),
            Number(options.ReconstructionErrorColumn, p => p.Error),
        };
        if (options.IsVariational)
        {
            columns.Add(Vector(options.LatentMeanColumn, p => p.Latent));
            columns.Add(Vector(options.LatentVarianceColumn, p => p.Variance));
            columns.Add(Number(options.NegativeLogLikelihoodColumn, p => p.NegativeLogLikelihood, LikelihoodName(options.ChosenLikelihood)));
            columns.Add(Number(options.DivergenceColumn, p => p.Divergence));
            if (options.ImportanceSamples > 0)
                columns.Add(Number(options.ImportanceBoundColumn, p => p.ImportanceBound));
        }
        if (options.AnomalyQuantile is not null)
            columns.Add(new(new(options.IsAnomalyColumn, BooleanDataViewType.Instance), current => (ValueGetter<bool>)((ref bool value) => value = current().Error > threshold)));
        if (isCorrupted)
            columns.Add(Picture(options.NoisyImageColumn, p => p.Seen));
        return columns;

        PredictionColumn<AutoencoderPrediction> Vector(string name, Func<AutoencoderPrediction, float[]> values) =>
            new(new(name, code), current => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                // The prediction's array is not handed out: who asked may write into what it got.
                var numbers = values(current());
                var editor = VBufferEditor.Create(ref value, numbers.Length);
                numbers.CopyTo(editor.Values);
                value = editor.Commit();
            }));

        PredictionColumn<AutoencoderPrediction> Number(string name, Func<AutoencoderPrediction, float> number, DataViewSchema.Annotations? annotations = null) =>
            new(new(name, NumberDataViewType.Single, annotations), current => (ValueGetter<float>)((ref float value) => value = number(current())));

        PredictionColumn<AutoencoderPrediction> Picture(string name, Func<AutoencoderPrediction, byte[]> pixels) =>
            new(new(name, picture), current => (ValueGetter<MLImage>)((ref MLImage value) =>
            {
                // As ML.NET's own image columns: who asks for the next image has done with the last.
                value?.Dispose();
                value = ToImage(pixels(current()), input!);
            }));
    }

    /// <param name="pixels">(H, W, C).</param>
    /// <param name="input">Its size.</param>
    public static MLImage ToImage(byte[] pixels, ImageInput input)
    {
        var rgba = new byte[input.Height * input.Width * 4];
        for (var i = 0; i < rgba.Length / 4; i++)
        {
            for (var c = 0; c < 3; c++)
                rgba[i * 4 + c] = pixels[i * input.Channels + c % input.Channels];
            rgba[i * 4 + 3] = 255;
        }
        return MLImage.CreateFromPixels(input.Width, input.Height, MLPixelFormat.Rgba32, rgba);
    }

    private static DataViewSchema.Annotations LikelihoodName(PixelLikelihood likelihood)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Likelihood, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = likelihood.ToString().AsMemory());
        return builder.ToAnnotations();
    }
}
