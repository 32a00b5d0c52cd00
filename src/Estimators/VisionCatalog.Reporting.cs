using Fovea.Classification.Evaluation;
using Fovea.Detection.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea;

public sealed partial class VisionCatalog
{
    /// <summary>A report of a model's training: what ran, its curves, its network. <see cref="TrainingReport.Save"/> writes it as an HTML file.</summary>
    /// <param name="model">Of any of this library's trainers, or a chain with one; it stays the caller's.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model holds none of this library or several, or an option is out of its bounds.</exception>
    public TrainingReport Report(ITransformer model, ReportOptions? options = null) => TrainingReport.Of(model, null, options ?? new ReportOptions());

    /// <summary>A report of a model's training and of how good it is on data that it has not seen, with pictures. The data is read once.</summary>
    /// <param name="model">Of any of this library's trainers, or a chain with one; it stays the caller's.</param>
    /// <param name="data">Rows with images and the truth, in the columns that the model was trained on; the model transforms them.</param>
    /// <param name="options">Heading, number and size of pictures; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model holds none of this library or several, a column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image cannot be read, or a row has no truth; the message names it.</exception>
    public TrainingReport Report(ITransformer model, IDataView data, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TrainingReport.Of(model, data, options ?? new ReportOptions());
    }

    /// <summary>
    /// Writes what a training run measured as curves over its epochs: loss, metrics, learning rate and speed, with the model's own
    /// epoch marked. An SVG follows the viewer's light or dark style and tells the values where the pointer rests.
    /// </summary>
    /// <param name="history">Of a trained model (<c>model.History</c>), or of a run that ended with an exception.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="title">Above the curves. Default: Training.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or the history has no epoch.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveTrainingCurves(TrainingHistory history, string path, string title = "Training")
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        PictureFile.Require(path);
        if (history.Epochs.Count == 0)
            throw new ArgumentException("The run completed no epoch, so there are no curves.", nameof(history));
        TrainingCurves.Of(history, title).Save(path);
    }

    /// <summary>Writes the confusion matrix of a classifier as a picture: counts, and shares of each true class.</summary>
    /// <param name="matrix">From <c>ml.MulticlassClassification.Evaluate</c>.</param>
    /// <param name="classNames">Its classes in order (<c>model.ClassNames</c>).</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin, Greek and Cyrillic letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="title">Above the matrix. Default: Confusion matrix.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or there are not as many names as classes.</exception>
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
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin, Greek and Cyrillic letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="title">Above the matrix. Default: Confusion matrix.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, the matrix is not square, or there are not as many names as classes.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveConfusionMatrix(long[,] counts, IReadOnlyList<string> classNames, string path, string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(counts);
        ConfusionChart.Save(ConfusionChart.Numbers(counts), classNames, path, title);
    }

    /// <summary>
    /// Writes a classifier's ROC curves: all classes together, and each class against all others; of more than 7 classes those of
    /// the smallest areas.
    /// </summary>
    /// <param name="metrics">From <see cref="EvaluateClassification"/>.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin, Greek and Cyrillic letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="title">Above the curves. Default: ROC curves.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveRocCurves(ClassificationMetrics metrics, string path, string title = "ROC curves")
    {
        ArgumentNullException.ThrowIfNull(metrics);
        SaveChart(ClassificationCharts.Roc(metrics), ClassificationCharts.Areas(metrics), path, title);
    }

    /// <summary>
    /// Writes a classifier's curves of precision against recall: all classes together, and each class against all others; of more
    /// than 7 classes those of the lowest average precision.
    /// </summary>
    /// <param name="metrics">From <see cref="EvaluateClassification"/>.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin, Greek and Cyrillic letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="title">Above the curves. Default: Precision and recall.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SavePrecisionRecallCurves(ClassificationMetrics metrics, string path, string title = "Precision and recall")
    {
        ArgumentNullException.ThrowIfNull(metrics);
        SaveChart(ClassificationCharts.PrecisionRecall(metrics), ClassificationCharts.AveragePrecisions(metrics), path, title);
    }

    /// <summary>Writes a detector's curves of precision against recall, of each class; of more than 7 classes those of the lowest average precision.</summary>
    /// <param name="metrics">From <see cref="EvaluateDetection"/>.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin, Greek and Cyrillic letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="title">Above the curves. Default: Precision and recall.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SavePrecisionRecallCurves(DetectionMetrics metrics, string path, string title = "Precision and recall")
    {
        ArgumentNullException.ThrowIfNull(metrics);
        SaveChart(DetectionCharts.PrecisionRecall(metrics), DetectionCharts.AveragePrecision(metrics), path, title);
    }

    /// <summary>Writes how often a classifier's predictions of each confidence are right, and how many there are of each.</summary>
    /// <param name="metrics">From <see cref="EvaluateClassification"/>.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="title">Above the diagram. Default: Reliability.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveReliabilityDiagram(ClassificationMetrics metrics, string path, string title = "Reliability")
    {
        ArgumentNullException.ThrowIfNull(metrics);
        SaveChart(ClassificationCharts.Reliability(metrics), ClassificationCharts.Calibration(metrics), path, title);
    }

    private static void SaveChart(IChart chart, string subtitle, string path, string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        PictureFile.Require(path);
        new ChartPage { Title = title, Subtitle = subtitle, Charts = [chart] }.Save(path);
    }
}
