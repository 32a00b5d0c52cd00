using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Trains a convolutional network to tell classes of images apart.</summary>
public sealed class CnnTrainer : IEstimator<CnnTransformer>
{
    private readonly IHost _host;
    private readonly CnnOptions _options;

    internal CnnTrainer(IHostEnvironment environment, CnnOptions options)
    {
        options.ThrowIfUnusable(nameof(options));
        _host = environment.Register(nameof(CnnTrainer));
        _options = options;
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, only one class, a row without a label, or an image that cannot be read; the message names it.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled; the exception has the model so far.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite; the exception has the model of the best epoch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    /// <exception cref="InvalidOperationException">The device or the precision is not to be had on this machine, or a network of your own gives other than (N, K) logits.</exception>
    public CnnTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Train");
        var device = _options.Device.Resolve();
        var precision = MixedPrecision.Choose(_options.Precision, device);
        var wanted = ImageInput.Create(_options.Height, _options.Width, (int)_options.Channels, _options.Resize);

        using var all = ImageSet.Open(input, _options.ImageColumn, _options.LabelColumn, wanted, _options.Loader, cancellation: _options.Cancellation);
        all.RequireTwoClasses();
        var (training, validation) = _options.ValidationFraction > 0 ? all.Split(_options.ValidationFraction, _options.Seed) : (all, null);
        using var separate = _options.ValidationSet is { } set
            ? ImageSet.Open(set, _options.ImageColumn, _options.LabelColumn, wanted, _options.Loader, all.ClassNames, _options.Cancellation)
            : null;
        validation = separate ?? validation;

        var normalizer = PixelNormalizer.Measure(_options.Normalization.For(_options.Channels, _options.InitialWeights), training, device, _options.Cancellation);
        var model = new CnnModel
        {
            Options = _options,
            Input = wanted,
            Normalization = normalizer.Description,
            Images = ImageColumnType.Of(ImageColumn.Find(input.Schema, _options.ImageColumn).Type),
            LabelIsKey = LabelColumn.Find(input.Schema, _options.LabelColumn).Type is Microsoft.ML.Data.KeyDataViewType,
            IsCustom = _options.Network is not null,
        };
        manual_seed(_options.Seed);
        nn.Module<Tensor, Tensor>? network = null;
        try
        {
            network = model.CreateNetwork(all.ClassNames.Count, device);
            network.LayOutChannelsLast();
            // The last layer is the one that depends on the classes.
            InitialWeights.Load(network, _options.InitialWeights, [network.named_parameters().Last().name.Split('.')[0] + "."], channel);
            channel.Info(MessageSensitivity.None, $"{Name} on {device} in {precision}: {training}{(validation is null ? "" : $"; validation: {validation}")}; normalization: {normalizer.Description}; augmentation: {_options.Augmentation}");
            var outcome = Train(network, normalizer, training, validation, device, precision);
            if (outcome.History.SkippedWarning is { } warning)
                channel.Warning(MessageSensitivity.None, warning);
            var result = new CnnTransformer(network, normalizer, model, all.ClassNames, outcome.History, device);
            return outcome.Deliver(result, _options.Cancellation);
        }
        catch (Exception e) when (e is not (TrainingCanceledException or TrainingDivergedException { Model: not null }))
        {
            network?.Dispose();
            normalizer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var label = RequiredColumn.Of(inputSchema, _options.LabelColumn, "label", LabelColumn.Accepts, LabelColumn.Wanted);
        RequiredColumn.Of(inputSchema, _options.ImageColumn, "image", ImageColumn.Accepts, ImageColumn.Wanted);
        // How many classes there are shows in the rows only; a shape has no sizes, so any two names give the right one.
        var model = new CnnModel
        {
            Options = _options,
            Input = ImageInput.Create(_options.Height, _options.Width, (int)_options.Channels),
            Normalization = _options.Normalization,
            Images = new ImageColumnType(ImageColumnKind.Path),
            LabelIsKey = label.IsKey,
            IsCustom = false,
        };
        return AddedColumns.To(inputSchema, ClassificationColumns.Of(model, ["", ""]).Select(c => c.Column));
    }

    private string Name => _options.Network is null ? _options.Architecture.ToString() : "Custom network";

    private TrainingOutcome Train(nn.Module<Tensor, Tensor> network, PixelNormalizer normalizer, ImageSet training, ImageSet? validation, Device device, Precision precision)
    {
        var pinned = device.type == TorchSharp.DeviceType.CUDA;
        // Channels last: oneDNN's convolutions then need no reordering.
        // One row alone has no variance for batch norm to divide by, so it joins the batch before.
        using var batches = new BatchLoader(training, _options.BatchSize, _options.Seed, shuffle: true, _options.Augmentation, channelsLast: true, pinned, joinLastRow: true);
        using var validationBatches = validation is null ? null : new BatchLoader(validation, _options.BatchSize, channelsLast: true, pinned: pinned);
        using var step = new ClassificationStep(network, normalizer, training.ClassNames.Count, _options, device, precision);
        var outcome = new TrainingLoop<ImageBatch>(step, _options, device, precision).Run(batches, validationBatches);
        return outcome with { History = outcome.History with { ClassCounts = training.ByName(training.CountByClass()) } };
    }
}
