using Fovea.Detection;
using Fovea.Detection.Drawing;
using Fovea.Detection.Evaluation;
using Fovea.Detection.Reporting;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea;

public sealed partial class VisionCatalog
{
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

    /// <summary>Draws boxes with class and score on images: an estimator that adds a column of MLImage. Letters are Latin and Greek, and a box for any other.</summary>
    /// <param name="options">Which boxes, and on what. Default: what a detector found, on <c>Image</c>.</param>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public BoxDrawingEstimator DrawBoxes(BoxDrawingOptions? options = null)
    {
        options ??= new BoxDrawingOptions();
        options.Problems().ThrowIfAny(nameof(BoxDrawingOptions), nameof(options));
        return new BoxDrawingEstimator(options);
    }

    /// <summary>
    /// Writes a picture of images with their true and their predicted boxes side by side, the images with the lowest F1 first: what was
    /// missed and what is wrong in another color than what is right. Each image is predicted once for metrics and sheet together.
    /// </summary>
    /// <param name="view">As for <see cref="EvaluateDetection"/>, with the images.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin and Greek letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="options">How many images, how large, which columns. Default: the 12 worst.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateDetection"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, an option is out of range, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateDetection"/>; or an image cannot be read.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public DetectionMetrics SaveDetectionSheet(IDataView view, string path, DetectionSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PictureFile.Require(path);
        options ??= new DetectionSheetOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"The sheet cannot be made: {string.Join("; ", problems)}.", nameof(options));
        var (sheet, metrics) = DetectionSheetMaker.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>As <see cref="Report(ITransformer, IDataView, ReportOptions?)"/>, of a detector that is measured in a way of one's own.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="data">Rows with images and true boxes; the model transforms them.</param>
    /// <param name="options">Heading, number and size of pictures; null for the defaults.</param>
    /// <param name="evaluation">Which columns, and at which IoU and score.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateDetection"/>.</exception>
    public TrainingReport Report(DetectionTransformer model, IDataView data, ReportOptions? options, DetectionEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(evaluation);
        options ??= new ReportOptions();
        options.ThrowIfUnusable(nameof(options));
        evaluation.ThrowIfUnusable(nameof(evaluation));
        return new(DetectionReport.Of(model, model.Transform(data), options, evaluation), options);
    }
}
