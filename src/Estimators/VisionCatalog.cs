using Fovea.Autoencoding;
using Fovea.Autoencoding.Evaluation;
using Fovea.Autoencoding.Sheets;
using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Detection;
using Fovea.Detection.Drawing;
using Fovea.Detection.Evaluation;
using Fovea.Generation;
using Fovea.Generation.Evaluation;
using Fovea.Reporting;
using Fovea.Segmentation;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>What <c>ml.Vision</c> offers.</summary>
public sealed class VisionCatalog
{
    private readonly MLContext _ml;

    internal VisionCatalog(MLContext ml) => _ml = ml;

    /// <summary>Image sets as data views.</summary>
    public VisionData Data { get; } = new();

    /// <summary>A trainer of image classifiers.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public CnnTrainer Cnn(CnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CnnTrainer(_ml, options);
    }

    /// <summary>A trainer of segmenters, which tell the class of every pixel.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public SegmentationTrainer Segmentation(SegmentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SegmentationTrainer(_ml, options);
    }

    /// <summary>Measures predicted masks against true ones, from counts of pixels over all rows.</summary>
    /// <param name="view">Rows with a column of true masks, which names the classes, and one of predictions of the same sizes.</param>
    /// <param name="options">Which columns, and what to measure besides. Default: <c>Mask</c> and <c>PredictedMask</c>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public SegmentationMetrics EvaluateSegmentation(IDataView view, SegmentationEvaluation? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        options ??= new SegmentationEvaluation();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(SegmentationEvaluation)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        return PixelCounts.Of(view, options);
    }

    /// <summary>
    /// Writes a PNG with a row for each image: the image, its true mask, the predicted one, and where they differ (wrong pixels in
    /// orange, right ones dim, those that count nowhere grey), with file name and mean IoU. The data is read once, so that
    /// each image is predicted once for metrics and sheet together.
    /// </summary>
    /// <param name="view">Rows with images, true masks, whose column names the classes, and predictions of the same sizes.</param>
    /// <param name="path">The file, ending in .png; it is written at once or not at all.</param>
    /// <param name="options">How many images, which, in what colors. Default: the eight with the lowest mean IoU.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateSegmentation"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path does not end in .png, an option is out of its bounds, a column is missing or of another type, or a class has no color.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SegmentationMetrics SaveSegmentationSheet(IDataView view, string path, SegmentationSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PngFile.RequirePng(path);
        options ??= new SegmentationSheetOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(SegmentationSheetOptions)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        var (sheet, metrics) = SegmentationSheet.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>A transform that draws masks, predicted or true, over images, with a legend: an image column for people.</summary>
    /// <param name="options">Which columns, colors, opacity. Default: <c>PredictedMask</c> over <c>Image</c> as <c>Overlay</c>.</param>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public OverlayEstimator Overlay(OverlayOptions? options = null) => new(options ?? new OverlayOptions());

    /// <summary>A trainer of detectors, which find objects: their boxes and classes.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public DetectionTrainer Detection(DetectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DetectionTrainer(_ml, options);
    }

    /// <summary>Measures predicted boxes against true ones: COCO's twelve numbers, VOC's average precision, curves and a confusion matrix.</summary>
    /// <param name="view">
    /// Rows with true boxes and labels and predicted boxes, labels and scores, as the loaders and detectors make them. The result does
    /// not depend on their order: equal scores are taken in the order of <c>ImageId</c>, as pycocotools takes them, where there is none
    /// of the paths in <c>Image</c>, and at last of what is in the images. Predictions of equal score in one image are taken as they stand.
    /// </param>
    /// <param name="options">Which columns, and at which IoU and score. Default: those that the loaders and detectors make.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, nothing names the classes, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, counts disagree, a box is inside out or not finite, a label is missing or unknown, or a score is not finite.
    /// (A box without area is one: as truth it is never found, as prediction it is wrong.)
    /// </exception>
    public DetectionMetrics EvaluateDetection(IDataView view, DetectionEvaluation? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        options ??= new DetectionEvaluation();
        options.ThrowIfUnusable(nameof(options));
        return ViewDetections.Read(view, options).Evaluate(options);
    }

    /// <summary>Measures predictions in COCO's results format against an instances file, as pycocotools' users have them; the images are not needed.</summary>
    /// <param name="truthPath">An instances file, as <c>instances_val2017.json</c>.</param>
    /// <param name="resultsPath">A list of objects with <c>image_id</c>, <c>category_id</c>, <c>score</c> and <c>bbox</c> (or <c>segmentation</c>), or an object with such a list as <c>annotations</c>.</param>
    /// <param name="options">At which IoU and score; its columns mean nothing here.</param>
    /// <param name="masks">Compares the segmentations instead of the boxes.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or a prediction is of an image or category that the truth does not list; the message names file, line and column.</exception>
    public DetectionMetrics EvaluateCoco(string truthPath, string resultsPath, DetectionEvaluation? options = null, bool masks = false)
    {
        options ??= new DetectionEvaluation();
        options.ThrowIfUnusable(nameof(options));
        return CocoDetections.Read(truthPath, resultsPath, masks).Evaluate(options);
    }

    /// <summary>Draws boxes with class and score on images: an estimator that adds a column of MLImage.</summary>
    /// <param name="options">Which boxes, and on what. Default: what a detector found, on <c>Image</c>.</param>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public BoxDrawingEstimator DrawBoxes(BoxDrawingOptions? options = null)
    {
        options ??= new BoxDrawingOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(BoxDrawingOptions)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        return new BoxDrawingEstimator(options);
    }

    /// <summary>
    /// Writes a PNG of images with their true and their predicted boxes side by side, the images with the lowest F1 first: what was
    /// missed and what is wrong in another color than what is right. Each image is predicted once for metrics and sheet together.
    /// </summary>
    /// <param name="view">As for <see cref="EvaluateDetection"/>, with the images.</param>
    /// <param name="path">The file, ending in .png; it is written at once or not at all.</param>
    /// <param name="options">How many images, how large, which columns. Default: the 12 worst.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateDetection"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path does not end in .png, an option is out of range, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateDetection"/>; or an image cannot be read.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public DetectionMetrics SaveDetectionSheet(IDataView view, string path, DetectionSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PngFile.RequirePng(path);
        options ??= new DetectionSheetOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"The sheet cannot be made: {string.Join("; ", problems)}.", nameof(options));
        var (sheet, metrics) = DetectionSheetMaker.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>A trainer of generators of images: GANs.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public GanTrainer Gan(GanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new GanTrainer(_ml, options);
    }

    /// <summary>
    /// Measures generated images against real ones by the features of a classifier of the same kind of images, which the caller has
    /// trained: distances, precision and recall, and how the generated ones spread over its classes.
    /// </summary>
    /// <param name="generated">Rows with generated images, as <see cref="GanTransformer.Generate"/> gives them; at least 10, better 10,000.</param>
    /// <param name="real">Rows with real images that the generator has not seen, at least 10, better as many.</param>
    /// <param name="features">The classifier. Numbers can be compared with each other only where it is the same one.</param>
    /// <param name="options">Which columns. Default: <c>GeneratedImage</c> and <c>Image</c>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">There are too few rows, or an image cannot be read; the message names it.</exception>
    public GenerationMetrics EvaluateGeneration(IDataView generated, IDataView real, CnnTransformer features, GenerationEvaluation? options = null)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(features);
        options ??= new GenerationEvaluation();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(GenerationEvaluation)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        return FeatureComparison.Measure(generated, real, features, options);
    }

    /// <summary>A trainer of autoencoders, which bring images back from short codes: to compress, to denoise, to draw new ones, to find what is unusual.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public AutoencoderTrainer Autoencoder(AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AutoencoderTrainer(_ml, options);
    }

    /// <summary>Measures reconstructions against images, and from the columns of a variational autoencoder its bounds on the likelihood, and the score for anomalies where labels say which images are.</summary>
    /// <param name="view">Rows with images and reconstructions, as <see cref="AutoencoderTransformer"/> makes them.</param>
    /// <param name="options">Which columns, and which labels are anomalies. Default: the columns that an autoencoder makes.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image cannot be read, or reconstructions have several sizes; the message names the row.</exception>
    public AutoencoderMetrics EvaluateAutoencoder(IDataView view, AutoencoderEvaluation? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        options ??= new AutoencoderEvaluation();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(AutoencoderEvaluation)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        return ReconstructionPass.Run(view, options);
    }

    /// <summary>Writes a PNG of images over their reconstructions, and between them what the network saw, where that was corrupted.</summary>
    /// <param name="view">As for <see cref="EvaluateAutoencoder"/>.</param>
    /// <param name="path">The file, ending in .png; it is written at once or not at all.</param>
    /// <param name="options">How many images, which columns. Default: the first 40.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateAutoencoder"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path does not end in .png, an option is out of its bounds, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateAutoencoder"/>.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public AutoencoderMetrics SaveReconstructionSheet(IDataView view, string path, ReconstructionSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PngFile.RequirePng(path);
        options ??= new ReconstructionSheetOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(ReconstructionSheetOptions)} cannot be used: {string.Join("; ", problems)}.", nameof(options));
        var (sheet, metrics) = ReconstructionSheet.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>
    /// Writes what a training run measured as curves over its epochs: loss, metrics, learning rate and speed, with the model's own
    /// epoch marked. The picture follows the viewer's light or dark style and tells the values where the pointer rests.
    /// </summary>
    /// <param name="history">Of a trained model (<c>model.History</c>), or of a run that ended with an exception.</param>
    /// <param name="path">The file, ending in .svg; it is written at once or not at all.</param>
    /// <param name="title">Above the curves. Default: Training.</param>
    /// <exception cref="ArgumentException">The path does not end in .svg, or the history has no epoch.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveTrainingCurves(TrainingHistory history, string path, string title = "Training")
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ChartPage.RequireSvg(path);
        if (history.Epochs.Count == 0)
            throw new ArgumentException("The run completed no epoch, so there are no curves.", nameof(history));
        TrainingCurves.Of(history, title).Save(path);
    }

    /// <summary>Writes the confusion matrix of a classifier as a picture: counts, and shares of each true class.</summary>
    /// <param name="matrix">From <c>ml.MulticlassClassification.Evaluate</c>.</param>
    /// <param name="classNames">Its classes in order (<c>model.ClassNames</c>).</param>
    /// <param name="path">The file, ending in .svg; it is written at once or not at all.</param>
    /// <param name="title">Above the matrix. Default: Confusion matrix.</param>
    /// <exception cref="ArgumentException">The path does not end in .svg, or there are not as many names as classes.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveConfusionMatrix(ConfusionMatrix matrix, IReadOnlyList<string> classNames, string path, string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var counts = new double[matrix.NumberOfClasses, matrix.NumberOfClasses];
        for (var truth = 0; truth < matrix.NumberOfClasses; truth++)
            for (var predicted = 0; predicted < matrix.NumberOfClasses; predicted++)
                counts[truth, predicted] = matrix.Counts[truth][predicted];
        ConfusionChart.Save(counts, classNames, path, title);
    }

    /// <summary>Writes a confusion matrix as a picture, such as <see cref="SegmentationMetrics.Counts"/> or <see cref="DetectionMetrics.Counts"/>.</summary>
    /// <param name="counts">(K, K), each at least 0: how many of true class [row] were predicted as class [column].</param>
    /// <param name="classNames">The K classes in order; a detector's matrix has the background last.</param>
    /// <param name="path">The file, ending in .svg; it is written at once or not at all.</param>
    /// <param name="title">Above the matrix. Default: Confusion matrix.</param>
    /// <exception cref="ArgumentException">The path does not end in .svg, the matrix is not square, or there are not as many names as classes.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveConfusionMatrix(long[,] counts, IReadOnlyList<string> classNames, string path, string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(counts);
        var numbers = new double[counts.GetLength(0), counts.GetLength(1)];
        for (var truth = 0; truth < counts.GetLength(0); truth++)
            for (var predicted = 0; predicted < counts.GetLength(1); predicted++)
                numbers[truth, predicted] = counts[truth, predicted];
        ConfusionChart.Save(numbers, classNames, path, title);
    }

    /// <summary>A classification network layer by layer, before it is trained.</summary>
    /// <param name="options">Architecture and image size.</param>
    /// <param name="classes">Classes to tell apart, at least 2.</param>
    public NetworkSummary Summarize(CnnOptions options, int classes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        options.ThrowIfUnusable(nameof(options));
        var input = new NetworkInput((int)options.Channels, options.Height, options.Width, classes, options.Dropout);
        using var network = options.Network?.Invoke(input) ?? NetworkAttribute.Of(options.Architecture).Create(input);
        return NetworkSummary.Of(network, input, CPU);
    }

    /// <summary>
    /// Writes a trained model to one file, at once or not at all: a file that was there stays until the new one is complete.
    /// In a chain the ML.NET transformers before and after the vision model are written with it, by ML.NET. (What
    /// <c>ml.Model.Save</c> makes of such a model, see <see cref="CnnTransformer"/>.)
    /// </summary>
    /// <param name="model">What a trainer of <c>ml.Vision</c> made, or a chain that holds exactly one such model.</param>
    /// <param name="path">The file; by custom <c>.fovea</c>.</param>
    /// <exception cref="ArgumentException">There is no vision model in it, or several, or a transformer that ML.NET cannot save.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(ITransformer model, string path) => Registry(null, ComputeDevice.Auto).Save(_ml, model, path);

    /// <summary>
    /// Reads a model that <see cref="Save"/> wrote: the vision model as its own type where it was alone, else the chain, flat and
    /// in the same order. Who loads it disposes it. What ML.NET transformers a chain has is up to the file, and they are read by
    /// ML.NET, which for a custom mapping loads the assembly that the file names; load chains only from whom you trust.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it shall run.</param>
    /// <param name="network">The factory of its network, where it was trained with a network of your own.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model of this library, damaged, of a newer version, does not fit the network, or has a chain that ML.NET cannot read.</exception>
    public ITransformer Load(string path, ComputeDevice device = default, Func<NetworkInput, nn.Module<Tensor, Tensor>>? network = null) =>
        Registry(network, device).Load(_ml, path);

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The factory of its network, where it was trained with <see cref="CnnOptions.Network"/>.</param>
    /// <param name="device">Where it shall run.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no classifier, a chain, damaged, of a newer version, or does not fit the network.</exception>
    public CnnTransformer LoadCnn(string path, Func<NetworkInput, nn.Module<Tensor, Tensor>>? network = null, ComputeDevice device = default)
    {
        var model = Load(path, device, network);
        if (model is CnnTransformer cnn)
            return cnn;
        (model as IDisposable)?.Dispose();
        throw new InvalidDataException($"'{path}' holds no classifier alone but a {model.GetType().Name.Split('`')[0]}; ml.Vision.Load reads it.");
    }

    private static ModelRegistry Registry(Func<NetworkInput, nn.Module<Tensor, Tensor>>? network, ComputeDevice device) => new ModelRegistry()
        .Add(CnnTransformer.Kind, (_, stored) => CnnModel.Load(stored, network, device))
        .Add(SegmentationTransformer.Kind, (_, stored) => SegmentationModel.Load(stored, device))
        .Add(DetectionTransformer.Kind, (_, stored) => DetectionModel.Load(stored, device))
        .Add(GanTransformer.Kind, (_, stored) => GanModel.Load(stored, device))
        .Add(AutoencoderTransformer.Kind, (_, stored) => AutoencoderModel.Load(stored, device));
}
