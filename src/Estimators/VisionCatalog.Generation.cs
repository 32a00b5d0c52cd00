using Fovea.Generation;
using Fovea.Generation.Evaluation;
using Fovea.Generation.Reporting;
using Microsoft.ML;

namespace Fovea;

public sealed partial class VisionCatalog
{
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
        options.Problems().ThrowIfAny(nameof(GenerationEvaluation), nameof(options));
        return FeatureComparison.Measure(generated, real, features, options);
    }

    /// <summary>As <see cref="Report(ITransformer, ReportOptions?)"/>, of a GAN whose images have been measured.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="metrics">What <see cref="EvaluateGeneration"/> gave.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public TrainingReport Report(GanTransformer model, GenerationMetrics metrics, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(metrics);
        options ??= new ReportOptions();
        options.ThrowIfUnusable(nameof(options));
        return new(GanReport.Of(model, null, options, metrics), options);
    }
}
