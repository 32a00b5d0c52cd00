using Fovea.Backbones;
using Fovea.Data;
using Fovea.Segmentation;
using Fovea.Segmentation.Networks;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Trains a network to tell the class of every pixel.</summary>
public sealed class SegmentationTrainer : IEstimator<SegmentationTransformer>
{
    private readonly IHost _host;
    private readonly SegmentationOptions _options;

    internal SegmentationTrainer(IHostEnvironment environment, SegmentationOptions options)
    {
        options.ThrowIfUnusable(nameof(options));
        _host = environment.Register(nameof(SegmentationTrainer));
        _options = options;
    }

    /// <summary>
    /// Trains on the rows of a view. Where the options give no image size, images keep their scale: they are laid into the size of the
    /// first one, cut or filled up with pixels that do not count, and the augmentation may crop from there. Before the first epoch all
    /// masks are read once, to count the pixels of each class.
    /// </summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, the mask column names no classes, or the augmentation mixes images.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, they are of different sizes, or a mask has a pixel of no class; the message names file, pixel and value.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled; the exception has the model so far.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite; the exception has the model of the best epoch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    /// <exception cref="InvalidOperationException">The device or the precision is not to be had on this machine.</exception>
    public SegmentationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Train");
        var device = _options.Device.Resolve();
        var precision = MixedPrecision.Choose(_options.Precision, device);
        var classes = MaskColumn.RequireClasses(MaskColumn.Find(input.Schema, _options.MaskColumn)).Names;
        if (classes.Count < 2)
            throw new ArgumentException($"The mask column '{_options.MaskColumn}' names one class, '{classes[0]}'; a segmenter needs at least two.", nameof(input));
        if (_options.Loss is PixelCrossEntropy { ClassWeights: { } weights } && weights.Count != classes.Count)
            throw new ArgumentException($"{nameof(PixelCrossEntropy)}.{nameof(PixelCrossEntropy.ClassWeights)} are {weights.Count}, but there are {classes.Count} classes: {string.Join(", ", classes)}.", nameof(input));

        var wanted = TrainingInput(input);
        using var all = Open(input, wanted, null);
        var (training, validation) = _options.ValidationFraction > 0 ? all.Split(_options.ValidationFraction, _options.Seed) : (all, null);
        using var separate = _options.ValidationSet is { } set ? Open(set, wanted, classes) : null;
        validation = separate ?? validation;

        var normalizer = PixelNormalizer.Measure(_options.Normalization.For(_options.Channels, _options.InitialWeights), training, device, _options.Cancellation);
        var model = new SegmentationModel { Options = _options, Input = wanted, Normalization = normalizer.Description };
        manual_seed(_options.Seed);
        SegmentationNetwork? network = null;
        try
        {
            network = model.CreateNetwork(classes.Count, device);
            network.LayOutChannelsLast();
            InitialWeights.Load(network, _options.InitialWeights, network.ClassLayers, channel);
            channel.Info(MessageSensitivity.None, $"{_options.Architecture} on {device} in {precision}: {training}{(validation is null ? "" : $"; validation: {validation}")}; loss: {_options.Loss}; normalization: {normalizer.Description}; augmentation: {_options.Augmentation}");
            var outcome = Train(network, normalizer, training, validation, device, precision);
            if (outcome.History.SkippedWarning is { } warning)
                channel.Warning(MessageSensitivity.None, warning);
            var result = new SegmentationTransformer(network, normalizer, model, classes, outcome.History, device);
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
        RequiredColumn.Of(inputSchema, _options.ImageColumn, "image", ImageColumn.Accepts, ImageColumn.Wanted);
        RequiredColumn.Of(inputSchema, _options.MaskColumn, "mask", MaskColumn.Accepts, MaskColumn.Wanted);
        // What the classes are called shows in the view only; a shape has no names.
        return AddedColumns.To(inputSchema, SegmentationColumns.Of(_options, ["0", "1"]).Select(c => c.Column));
    }

    private ImageSet Open(IDataView view, ImageInput input, IReadOnlyList<string>? classes) =>
        ImageSet.Open(view, new ImageSetColumns(_options.ImageColumn) { Mask = _options.MaskColumn }, input, _options.Loader, classes, _options.Cancellation);

    /// <summary>The size that images are brought to: the options', or the first image's, which the others must then have too.</summary>
    private ImageInput TrainingInput(IDataView view)
    {
        var (height, width) = (_options.ImageHeight ?? 0, _options.ImageWidth ?? 0);
        if (_options.ImageHeight is not null)
            return ImageInput.Create(height, width, (int)_options.Channels, _options.Resize);
        var column = ImageColumn.Find(view.Schema, _options.ImageColumn);
        using var cursor = view.GetRowCursor([column]);
        var reader = RawImageReader.Create(cursor, column);
        if (!cursor.MoveNext())
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var raw = new RawImage();
        reader.Read(raw);
        new ImagePreprocessor(ImageInput.Create(1, 1, (int)_options.Channels)).Whole(raw, out width, out height);
        return ImageInput.Create(height, width, (int)_options.Channels, ResizeMode.None);
    }

    private TrainingOutcome Train(SegmentationNetwork network, PixelNormalizer normalizer, ImageSet training, ImageSet? validation, Device device, Precision precision)
    {
        var pinned = device.type == TorchSharp.DeviceType.CUDA;
        using var scope = NewDisposeScope();
        using var batches = new BatchLoader(training, _options.BatchSize, _options.Seed, shuffle: true, _options.Augmentation, channelsLast: true, pinned, joinLastRow: network.MinimumBatch > 1);
        using var validationBatches = validation is null ? null : new BatchLoader(validation, _options.BatchSize, channelsLast: true, pinned: pinned);
        var balance = ClassBalance.Of(training, _options.Cancellation);
        var weights = _options.Loss.BalancesClasses ? balance.Weights().to(device) : null;
        using var step = new SegmentationStep(network, normalizer, training.ClassNames.Count, weights, _options, device, precision);
        var outcome = new TrainingLoop<ImageBatch>(step, _options, device, precision).Run(batches, validationBatches);
        return outcome with { History = outcome.History with { ClassCounts = training.ByName(balance.Pixels) } };
    }
}
