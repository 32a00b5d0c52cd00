using System.Diagnostics;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Measures models of any task on data sets.</summary>
internal sealed record ModelMeter
{
    public ClassificationEvaluation Classification { get; init; } = new();

    public SegmentationEvaluation Segmentation { get; init; } = new();

    public DetectionEvaluation Detection { get; init; } = new();

    public AutoencoderEvaluation Autoencoder { get; init; } = new();

    public GenerationEvaluation Generation { get; init; } = new();

    /// <summary>The classifier whose features compare generated images with real ones.</summary>
    public ImageModel? Features { get; init; }

    /// <summary>How many images are generated to be measured; null for as many as there are real ones.</summary>
    public int? Count { get; init; }

    /// <summary>Stops a measurement.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <exception cref="ArgumentException">The data set lacks what the task needs, or has other classes than the model.</exception>
    public ModelMeasurement Measure(MLContext ml, ImageModel model, ImageDataset dataset)
    {
        var clock = Stopwatch.StartNew();
        ModelMeasurement result = model.Transformer switch
        {
            CnnTransformer cnn => new ClassificationMeasurement(model, WithClasses(model, dataset), ml.Vision.EvaluateClassification(cnn.Transform(dataset.View), Classification with { LabelColumn = cnn.Options.LabelColumn, Cancellation = Cancellation })),
            SegmentationTransformer segmenter => new SegmentationMeasurement(model, WithClasses(model, dataset), ml.Vision.EvaluateSegmentation(segmenter.Transform(dataset.View), Segmentation with { Cancellation = Cancellation })),
            DetectionTransformer detector => new DetectionMeasurement(model, WithClasses(model, dataset), ml.Vision.EvaluateDetection(detector.Transform(dataset.View), Detection with { Cancellation = Cancellation })),
            AutoencoderTransformer coder => new AutoencoderMeasurement(model, dataset, ml.Vision.EvaluateAutoencoder(coder.Transform(dataset.View), Autoencoder with { Channels = coder.Options.Channels, Resize = coder.Options.Resize, Cancellation = Cancellation })),
            GanTransformer gan => new GenerationMeasurement(model, dataset, Generate(ml, gan, dataset)),
            var other => throw new NotSupportedException($"{other.GetType().Name} cannot be measured."),
        };
        result.Duration = clock.Elapsed;
        return result;
    }

    private GenerationMetrics Generate(MLContext ml, GanTransformer model, ImageDataset dataset)
    {
        if (Features?.Transformer is not CnnTransformer features)
            throw new ArgumentException("A generator is measured by the features of a classifier of the same kind of images: train one with Invoke-TrainCnn and name it with -Features.");
        return ml.Vision.EvaluateGeneration(model.Generate(Count ?? (int)dataset.Rows, Generation.Seed), dataset.View, features, Generation with { Cancellation = Cancellation });
    }

    // Classes are compared by number: another order, or one class less, would measure something else without a word.
    private static ImageDataset WithClasses(ImageModel model, ImageDataset dataset)
    {
        if (dataset.ClassNames.Count > 0 && !dataset.ClassNames.SequenceEqual(model.ClassNames))
            throw new ArgumentException($"'{dataset.Name}' has the classes {string.Join(", ", dataset.ClassNames)}, the model {string.Join(", ", model.ClassNames)}; they must be the same in the same order. "
                + "Import-ImageDataset takes the order from -ClassName where the format allows it; a part made by Split-ImageDataset has that of the whole.");
        return dataset;
    }
}
