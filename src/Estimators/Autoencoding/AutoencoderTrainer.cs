using Fovea.Autoencoding;
using Fovea.Autoencoding.Networks;
using Fovea.Backbones;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Trains a network to bring images back from short codes.</summary>
public sealed class AutoencoderTrainer : IEstimator<AutoencoderTransformer>
{
    private readonly IHost _host;
    private readonly AutoencoderOptions _options;

    internal AutoencoderTrainer(IHostEnvironment environment, AutoencoderOptions options)
    {
        options.ThrowIfUnusable(nameof(options));
        _host = environment.Register(nameof(AutoencoderTrainer));
        _options = options;
    }

    /// <summary>Trains on the images of a view. Where the options give no size, all are brought to that of the first.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, the first image is too small for the network, or the augmentation changes the size.</exception>
    /// <exception cref="InvalidDataException">There are no rows, one where batch norm needs two, or an image cannot be read; the message names it.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled; the exception has the model so far, without an anomaly threshold.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite; the exception has the model of the best epoch, without an anomaly threshold.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step, or while the anomaly threshold was measured.</exception>
    /// <exception cref="InvalidOperationException">The device or the precision is not to be had on this machine.</exception>
    public AutoencoderTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Train");
        var device = _options.Device.Resolve();
        var precision = MixedPrecision.Choose(_options.Precision, device);
        var wanted = TrainingInput(input);
        using var all = Open(input, wanted);
        var (training, validation) = _options.ValidationFraction > 0 ? all.Split(_options.ValidationFraction, _options.Seed) : (all, null);
        using var separate = _options.ValidationSet is { } set ? Open(set, wanted) : null;
        validation = separate ?? validation;

        var model = new AutoencoderModel { Options = _options, Input = wanted };
        manual_seed(_options.Seed);
        AutoencoderNetwork? network = null;
        try
        {
            network = model.CreateNetwork(device);
            network.LayOutChannelsLast();
            if (training.Count < network.MinimumBatch)
                throw new InvalidDataException($"There is one training image; with batch norm at least two are needed. Give more, or set {nameof(AutoencoderOptions.Convolutional)}.{nameof(ConvolutionalAutoencoderOptions.BatchNorm)} to false.");
            InitialWeights.Load(network, _options.InitialWeights, [], channel);
            channel.Info(MessageSensitivity.None, $"{_options.Kind} {_options.Architecture} autoencoder with a code of {_options.LatentSize} on {device} in {precision}: {training}{(validation is null ? "" : $"; validation: {validation}")}; likelihood: {_options.ChosenLikelihood}; augmentation: {_options.Augmentation}");
            var outcome = Train(network, model, training, validation, device, precision);
            if (outcome.History.SkippedWarning is { } warning)
                channel.Warning(MessageSensitivity.None, warning);
            if (_options.AnomalyQuantile is { } quantile && outcome.History.End is TrainingEnd.Completed or TrainingEnd.StoppedEarly)
            {
                model = model with { AnomalyThreshold = Threshold(network, model, training, device, quantile) };
                channel.Info(MessageSensitivity.None, $"anomalies have a reconstruction error above {model.AnomalyThreshold:g4}");
            }
            return outcome.Deliver(new AutoencoderTransformer(network, model, outcome.History, device), _options.Cancellation);
        }
        catch (Exception e) when (e is not (TrainingCanceledException or TrainingDivergedException { Model: not null }))
        {
            network?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        RequiredColumn.Of(inputSchema, _options.ImageColumn, "image", ImageColumn.Accepts, ImageColumn.Wanted);
        return AddedColumns.To(inputSchema, AutoencoderColumns.Of(_options, null, null, isCorrupted: false).Select(c => c.Column));
    }

    private ImageSet Open(IDataView view, ImageInput input) =>
        ImageSet.Open(view, new ImageSetColumns(_options.ImageColumn), input, _options.Loader, cancellation: _options.Cancellation);

    private ImageInput TrainingInput(IDataView view)
    {
        var column = ImageColumn.Find(view.Schema, _options.ImageColumn);
        if (_options.ImageHeight is { } height && _options.ImageWidth is { } width)
            return ImageInput.Create(height, width, (int)_options.Channels, _options.Resize);
        using var cursor = view.GetRowCursor([column]);
        var reader = RawImageReader.Create(cursor, column);
        if (!cursor.MoveNext())
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var raw = new RawImage();
        reader.Read(raw);
        new ImagePreprocessor(ImageInput.Create(1, 1, (int)_options.Channels)).Whole(raw, out width, out height);
        var problems = _options.SizeProblems(height, width).ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"{raw.Name} does not fit the network: {string.Join("; ", problems)}. Give {nameof(_options.ImageHeight)} and {nameof(_options.ImageWidth)}, to which images are resized, or fewer halvings.", nameof(view));
        return ImageInput.Create(height, width, (int)_options.Channels, _options.Resize);
    }

    private TrainingOutcome Train(AutoencoderNetwork network, AutoencoderModel model, ImageSet training, ImageSet? validation, Device device, Precision precision)
    {
        var pinned = device.type == TorchSharp.DeviceType.CUDA;
        using var batches = new BatchLoader(training, _options.BatchSize, _options.Seed, shuffle: true, _options.Augmentation, channelsLast: true, pinned, joinLastRow: network.MinimumBatch > 1);
        if (batches.Layout.Height != model.Input.Height || batches.Layout.Width != model.Input.Width)
            throw new ArgumentException($"The augmentation makes images of {batches.Layout.Width} x {batches.Layout.Height} out of {model.Input.Width} x {model.Input.Height}; an autoencoder's must keep their size. Leave that step out.");
        using var validationBatches = validation is null ? null : new BatchLoader(validation, _options.BatchSize, channelsLast: true, pinned: pinned);
        using var normalizer = model.CreateNormalizer();
        using var step = new AutoencoderStep(network, normalizer, batches.BatchesPerEpoch, _options, device, precision);
        return new TrainingLoop<ImageBatch>(step, _options, device, precision).Run(batches, validationBatches);
    }

    /// <summary>The quantile of the training images' errors, between neighbors in proportion.</summary>
    private double Threshold(AutoencoderNetwork network, AutoencoderModel model, ImageSet training, Device device, double quantile)
    {
        network.eval();
        var predictor = new AutoencoderPredictor(network, model, device, noise: null, seed: 0);
        using var batches = new BatchLoader(training, _options.BatchSize, channelsLast: true);
        var errors = new List<float>(training.Count);
        foreach (var batch in batches.Epoch(0, _options.Cancellation))
            errors.AddRange(predictor.Errors(batch.Images));
        errors.Sort();
        var place = quantile * (errors.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, errors.Count - 1);
        return errors[below] + (place - below) * (errors[above] - (double)errors[below]);
    }
}
