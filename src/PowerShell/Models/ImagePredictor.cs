using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.PowerShell;

/// <summary>Predicts images in batches. One that cannot be read is an error of its own, and the others of its batch are predicted all the same.</summary>
internal sealed class ImagePredictor(ImageModel model, IStreams streams, CancellationToken cancellation)
{
    private string ImageColumn => model.Options switch
    {
        CnnOptions o => o.ImageColumn,
        SegmentationOptions o => o.ImageColumn,
        DetectionOptions o => o.ImageColumn,
        AutoencoderOptions o => o.ImageColumn,
        GanOptions o => o.ImageColumn,
        _ => "Image",
    };

    /// <summary>Images predicted together.</summary>
    public int BatchSize => model.Options.BatchSize;

    /// <summary>Predicts images of which all are paths, all bytes or all pixels.</summary>
    public void Predict(IReadOnlyList<GivenImage> images)
    {
        cancellation.ThrowIfCancellationRequested();
        List<ImagePrediction> predictions;
        try
        {
            predictions = [.. PredictionReader.Read(model, model.Transformer.Transform(View(images)), images)];
        }
        catch (Exception e) when (IsOfAnImage(e) && images.Count == 1)
        {
            streams.Error(ErrorRecords.Of(e, images[0].Target));
            return;
        }
        catch (Exception e) when (IsOfAnImage(e))
        {
            // One of them cannot be read: each half by itself, until it is alone.
            Predict([.. images.Take(images.Count / 2)]);
            Predict([.. images.Skip(images.Count / 2)]);
            return;
        }
        foreach (var prediction in predictions)
            streams.Output(prediction);
    }

    /// <summary>Predicts all images of a data set, a batch at a time.</summary>
    public void Predict(ImageDataset dataset)
    {
        foreach (var batch in DatasetImages.Of(dataset, ImageColumn).Chunk(BatchSize))
        {
            Predict(batch);
            foreach (var image in batch)
                image.Pixels?.Dispose();
        }
    }

    private IDataView View(IReadOnlyList<GivenImage> images) => images[0] switch
    {
        { Path: not null } => new GivenImages<ReadOnlyMemory<char>>(ImageColumn, TextDataViewType.Instance, [.. images.Select(i => i.Path!.AsMemory())]),
        { Bytes: not null } => new GivenImages<VBuffer<byte>>(ImageColumn, new VectorDataViewType(NumberDataViewType.Byte), [.. images.Select(i => new VBuffer<byte>(i.Bytes!.Length, i.Bytes))]),
        _ => new GivenImages<MLImage>(ImageColumn, new ImageDataViewType(), [.. images.Select(i => i.Pixels!)]),
    };

    // What a file or its bytes can be wrong with; anything else is wrong for all images alike.
    private static bool IsOfAnImage(Exception e) => e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException or NativeException { Status: not NativeStatus.Unavailable };
}
