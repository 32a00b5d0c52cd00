using Fovea.Data;
using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Segmentation;

/// <summary>The predicted mask, and on request its bytes and the probabilities.</summary>
internal static class SegmentationColumns
{
    private static readonly byte[] _palette = ColorMap.Voc.ToPalette();

    public static IReadOnlyList<PredictionColumn<SegmentationPrediction>> Of(SegmentationOptions options, IReadOnlyList<string> classNames)
    {
        var classes = MaskColumn.Annotations(new MaskClasses(classNames) { IgnoreIndex = Sample.Ignored });
        var columns = new List<PredictionColumn<SegmentationPrediction>>
        {
            new(new(options.PredictedMaskColumn, new ImageDataViewType(), classes), current => (ValueGetter<MLImage>)((ref MLImage value) =>
            {
                // As ML.NET's own image columns: who asks for the next image has done with the last.
                value?.Dispose();
                value = ToImage(current());
            })),
        };
        if (options.MaskBytesColumn is { } bytes)
            columns.Add(new(new(bytes, new VectorDataViewType(NumberDataViewType.Byte), classes), current => (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) =>
            {
                var prediction = current();
                var file = ImageCodec.EncodeIndex(prediction.Mask, prediction.Width, prediction.Height, _palette);
                value = new VBuffer<byte>(file.Length, file);
            })));
        if (options.ProbabilityColumn is { } probability)
            columns.Add(new(new(probability, new VectorDataViewType(NumberDataViewType.Single)), current => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var probabilities = current().Probabilities;
                value = new VBuffer<float>(probabilities.Length, probabilities);
            })));
        return columns;
    }

    private static MLImage ToImage(SegmentationPrediction prediction)
    {
        var pixels = new byte[prediction.Mask.Length * 4];
        for (var i = 0; i < prediction.Mask.Length; i++)
        {
            var pixel = pixels.AsSpan(i * 4, 4);
            pixel[..3].Fill(prediction.Mask[i]);
            pixel[3] = 255;
        }
        return MLImage.CreateFromPixels(prediction.Width, prediction.Height, MLPixelFormat.Rgba32, pixels);
    }
}
