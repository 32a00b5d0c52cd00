using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Classification.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea;

public sealed partial class VisionCatalog
{
    /// <summary>A trainer of image classifiers.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public CnnTrainer Cnn(CnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CnnTrainer(_ml, options);
    }

    /// <summary>
    /// Measures predicted classes and their probabilities against true ones in one pass: confusion matrix, accuracy, precision, recall and F1
    /// of each class, ROC and precision-recall curves with their areas, log-loss, Brier score and calibration.
    /// </summary>
    /// <param name="view">Rows with labels, predicted labels and scores, as a classifier's <c>Transform</c> makes them.</param>
    /// <param name="options">Which columns, and how much of it. Default: <c>Label</c>, <c>PredictedLabel</c> and <c>Score</c>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, the classes have no names that fit the scores, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a label is missing or none of the classes, or scores are no probabilities; the message names the row.</exception>
    public ClassificationMetrics EvaluateClassification(IDataView view, ClassificationEvaluation? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        options ??= new ClassificationEvaluation();
        options.ThrowIfUnusable(nameof(options));
        return ClassificationPass.Run(view, options);
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
}
