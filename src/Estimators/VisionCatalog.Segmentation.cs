using Fovea.Reporting;
using Fovea.Segmentation;
using Fovea.Segmentation.Reporting;
using Microsoft.ML;

namespace Fovea;

public sealed partial class VisionCatalog
{
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
        options.Problems().ThrowIfAny(nameof(SegmentationEvaluation), nameof(options));
        return PixelCounts.Of(view, options);
    }

    /// <summary>
    /// Writes a picture with a row for each image: the image, its true mask, the predicted one, and where they differ (wrong pixels in
    /// orange, right ones dim, those that count nowhere grey), with file name and mean IoU. The data is read once, so that
    /// each image is predicted once for metrics and sheet together.
    /// </summary>
    /// <param name="view">Rows with images, true masks, whose column names the classes, and predictions of the same sizes.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin and Greek letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="options">How many images, which, in what colors. Default: the eight with the lowest mean IoU.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateSegmentation"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, an option is out of its bounds, a column is missing or of another type, or a class has no color.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SegmentationMetrics SaveSegmentationSheet(IDataView view, string path, SegmentationSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PictureFile.Require(path);
        options ??= new SegmentationSheetOptions();
        options.Problems().ThrowIfAny(nameof(SegmentationSheetOptions), nameof(options));
        var (sheet, metrics) = SegmentationSheet.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>A transform that draws masks, predicted or true, over images, with a legend: an image column for people. Letters are Latin and Greek, and a box for any other.</summary>
    /// <param name="options">Which columns, colors, opacity. Default: <c>PredictedMask</c> over <c>Image</c> as <c>Overlay</c>.</param>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public OverlayEstimator Overlay(OverlayOptions? options = null) => new(options ?? new OverlayOptions());

    /// <summary>As <see cref="Report(ITransformer, IDataView, ReportOptions?)"/>, of a segmenter that is measured in a way of one's own.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="data">Rows with images and true masks; the model transforms them.</param>
    /// <param name="options">Heading, number and size of pictures; null for the defaults.</param>
    /// <param name="evaluation">What is compared, and how.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateSegmentation"/>.</exception>
    public TrainingReport Report(SegmentationTransformer model, IDataView data, ReportOptions? options, SegmentationEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(evaluation);
        options ??= new ReportOptions();
        options.ThrowIfUnusable(nameof(options));
        evaluation.Problems().ThrowIfAny(nameof(SegmentationEvaluation), nameof(evaluation));
        return new(SegmentationReport.Of(model, model.Transform(data), options, evaluation), options);
    }
}
