using Fovea.Backbones;
using Fovea.Data;
using Fovea.Detection;
using Fovea.Detection.Networks;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Trains a network to find objects: their boxes and classes.</summary>
public sealed class DetectionTrainer : IEstimator<DetectionTransformer>
{
    private readonly IHost _host;
    private readonly DetectionOptions _options;

    internal DetectionTrainer(IHostEnvironment environment, DetectionOptions options)
    {
        options.ThrowIfUnusable(nameof(options));
        _host = environment.Register(nameof(DetectionTrainer));
        _options = options;
    }

    /// <summary>
    /// Trains on the rows of a view. Images without objects are trained on too. Boxes without area, and crowds (a column
    /// <c>IsCrowd</c>, as COCO's), are left out.
    /// </summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the augmentation mixes images.</exception>
    /// <exception cref="InvalidDataException">There are no rows, none with an object, an image cannot be read, a box is not finite, inside out, without label or of a class that the training set lacks, or an image has no proposal where a column of them is given; the message names row and object.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled; the exception has the model so far.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite; the exception has the model of the best epoch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    /// <exception cref="InvalidOperationException">The device or the precision is not to be had on this machine.</exception>
    public DetectionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Train");
        var device = _options.Device.Resolve();
        var precision = MixedPrecision.Choose(_options.Precision, device);

        using var all = Open(input, null);
        var classes = all.ClassNames;
        CheckObjects(all, channel);
        var (training, validation) = _options.ValidationFraction > 0 ? all.Split(_options.ValidationFraction, _options.Seed) : (all, null);
        using var separate = _options.ValidationSet is { } set ? Open(set, classes) : null;
        validation = separate ?? validation;

        var normalizer = PixelNormalizer.Measure(_options.Normalization.For(_options.Channels, _options.InitialWeights), training, device, _options.Cancellation);
        var model = new DetectionModel { Options = _options, Normalization = normalizer.Description };
        manual_seed(_options.Seed);
        DetectionNetwork? network = null;
        try
        {
            network = model.CreateNetwork(classes.Count, device);
            network.LayOutChannelsLast();
            InitialWeights.Load(network, _options.InitialWeights, network.ClassLayers, channel, network.CurrentKey);
            channel.Info(MessageSensitivity.None, $"{_options.Architecture} on {device} in {precision}: {training}{(validation is null ? "" : $"; validation: {validation}")}; normalization: {normalizer.Description}; augmentation: {_options.Augmentation}");
            var outcome = Train(network, normalizer, training, validation, device, precision);
            if (outcome.History.SkippedWarning is { } warning)
                channel.Warning(MessageSensitivity.None, warning);
            var result = new DetectionTransformer(network, normalizer, model, classes, outcome.History, device);
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
        RequiredColumn.Of(inputSchema, _options.BoundingBoxColumn, "box", c => c.Kind != SchemaShape.Column.VectorKind.Scalar && c.ItemType == NumberDataViewType.Single, "a vector of Single");
        RequiredColumn.Of(inputSchema, _options.LabelColumn, "label", c => c.Kind != SchemaShape.Column.VectorKind.Scalar && (c.IsKey || c.ItemType is TextDataViewType), "a vector of key or text");
        if (_options.FasterRcnn.ProposalsColumn is { } proposals)
            RequiredColumn.Of(inputSchema, proposals, "proposal", c => c.Kind != SchemaShape.Column.VectorKind.Scalar && c.ItemType == NumberDataViewType.Single, ProposalReader.Wanted);
        // What the classes are called shows in the view only; a shape has no names.
        return AddedColumns.To(inputSchema, DetectionColumns.Of(_options, ["0"]).Select(c => c.Column));
    }

    private ImageSet Open(IDataView view, IReadOnlyList<string>? classes) =>
        ImageSet.Open(view, new ImageSetColumns(_options.ImageColumn) { Boxes = _options.BoundingBoxColumn, BoxLabels = _options.LabelColumn, Proposals = _options.FasterRcnn.ProposalsColumn },
            DetectionModel.InputOf(_options), _options.Loader, classes, _options.Cancellation);

    /// <summary>There must be something to find; what is left out is told.</summary>
    private static void CheckObjects(ImageSet set, IChannel channel)
    {
        var (objects, flat, firstFlat) = (0, 0, "");
        foreach (var row in set.Rows)
            foreach (var box in set.Store.Rows.Boxes(row))
            {
                if (IsObject(box))
                    objects++;
                else if (!box.IsCrowd && box.Label != SampleBox.Proposal && flat++ == 0)
                    firstFlat = $"{Data.Boxes.Text(box)} in {(set.Store.Rows.Paths is { } paths ? $"'{paths[row]}'" : $"row {row}")}";
            }
        if (objects == 0)
            throw new InvalidDataException($"None of the {set.Count} images has an object{(flat > 0 ? $" ({flat} boxes have no area)" : "")}; a detector needs some. Check the columns of boxes and labels.");
        if (flat > 0)
            channel.Warning(MessageSensitivity.None, $"{flat} boxes have no area and are left out, the first {firstFlat}.");
    }

    /// <summary>Whether a box is learned from.</summary>
    private static bool IsObject(SampleBox box) => !box.IsCrowd && box.Label != SampleBox.Proposal && box.Width > 0 && box.Height > 0;

    /// <summary>Objects of each class, (K,).</summary>
    private static long[] CountObjects(ImageSet set)
    {
        var counts = new long[set.ClassNames.Count];
        foreach (var row in set.Rows)
            foreach (var box in set.Store.Rows.Boxes(row))
                if (IsObject(box))
                    counts[box.Label]++;
        return counts;
    }

    private TrainingOutcome Train(DetectionNetwork network, PixelNormalizer normalizer, ImageSet training, ImageSet? validation, Device device, Precision precision)
    {
        var pinned = device.type == TorchSharp.DeviceType.CUDA;
        using var scope = NewDisposeScope();
        using var batches = new BatchLoader(training, _options.BatchSize, _options.Seed, shuffle: true, _options.Augmentation, channelsLast: true, pinned);
        using var validationBatches = validation is null ? null : new BatchLoader(validation, _options.BatchSize, channelsLast: true, pinned: pinned);
        if (batches.Layout.Height % DetectionNetwork.Stride != 0 || batches.Layout.Width % DetectionNetwork.Stride != 0)
            throw new ArgumentException($"The augmentation makes images of {batches.Layout.Width} x {batches.Layout.Height} pixels; detection needs multiples of {DetectionNetwork.Stride}.");
        using var step = new DetectionStep(network, normalizer, training.ClassNames.Count, _options, device, precision);
        var outcome = new TrainingLoop<ImageBatch>(step, _options, device, precision).Run(batches, validationBatches);
        return outcome with { History = outcome.History with { ClassCounts = training.ByName(CountObjects(training)) } };
    }
}
