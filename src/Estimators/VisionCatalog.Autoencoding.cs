using Fovea.Autoencoding;
using Fovea.Autoencoding.Evaluation;
using Fovea.Autoencoding.Reporting;
using Fovea.Autoencoding.Sheets;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea;

public sealed partial class VisionCatalog
{
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
        options.Problems().ThrowIfAny(nameof(AutoencoderEvaluation), nameof(options));
        return ReconstructionPass.Run(view, options);
    }

    /// <summary>Writes a picture of images over their reconstructions, and between them what the network saw, where that was corrupted.</summary>
    /// <param name="view">As for <see cref="EvaluateAutoencoder"/>.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="options">How many images, which columns. Default: the first 40.</param>
    /// <returns>The metrics of all rows, as <see cref="EvaluateAutoencoder"/> gives them.</returns>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, an option is out of its bounds, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateAutoencoder"/>.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public AutoencoderMetrics SaveReconstructionSheet(IDataView view, string path, ReconstructionSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        PictureFile.Require(path);
        options ??= new ReconstructionSheetOptions();
        options.Problems().ThrowIfAny(nameof(ReconstructionSheetOptions), nameof(options));
        var (sheet, metrics) = ReconstructionSheet.Make(view, options);
        sheet.Save(path);
        return metrics;
    }

    /// <summary>As <see cref="Report(ITransformer, IDataView, ReportOptions?)"/>, of an autoencoder that is measured in a way of one's own, as against true anomalies.</summary>
    /// <param name="model">It stays the caller's.</param>
    /// <param name="data">Rows with images; the model transforms them.</param>
    /// <param name="options">Heading, number and size of pictures; null for the defaults.</param>
    /// <param name="evaluation">Which columns, which channels, and which labels are anomalies.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of its bounds.</exception>
    /// <exception cref="InvalidDataException">As <see cref="EvaluateAutoencoder"/>.</exception>
    public TrainingReport Report(AutoencoderTransformer model, IDataView data, ReportOptions? options, AutoencoderEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(evaluation);
        options ??= new ReportOptions();
        options.ThrowIfUnusable(nameof(options));
        evaluation.Problems().ThrowIfAny(nameof(AutoencoderEvaluation), nameof(evaluation));
        return new(AutoencoderReport.Of(model, model.Transform(data), options, evaluation), options);
    }
}
