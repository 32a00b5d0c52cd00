using Fovea.Backbones;
using Fovea.Data;
using Fovea.Generation;
using Fovea.Generation.Networks;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Trains a generator of images against a discriminator that tells them from real ones.</summary>
public sealed class GanTrainer : IEstimator<GanTransformer>
{
    private readonly IHost _host;
    private readonly GanOptions _options;

    internal GanTrainer(IHostEnvironment environment, GanOptions options)
    {
        options.ThrowIfUnusable(nameof(options));
        _host = environment.Register(nameof(GanTrainer));
        _options = options;
    }

    /// <summary>
    /// Trains on the images of a view. After an epoch in which the discriminator told all images apart, it warns on
    /// <c>ml.Log</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidDataException">There are fewer than two rows, or an image cannot be read; the message names it.</exception>
    /// <exception cref="IOException">A grid of samples cannot be written.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled; the exception has the model so far.</exception>
    /// <exception cref="TrainingDivergedException">A loss was no longer finite; the exception has the model of the last epoch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    /// <exception cref="InvalidOperationException">The device or the precision is not to be had on this machine.</exception>
    public GanTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Train");
        var device = _options.Device.Resolve();
        var precision = MixedPrecision.Choose(_options.Precision, device);
        var model = GanModel.Of(_options);
        using var set = ImageSet.Open(input, _options.ImageColumn, _options.Conditional ? _options.LabelColumn : null, model.Input, _options.Loader, cancellation: _options.Cancellation);
        if (set.Count < 2)
            throw new InvalidDataException($"The data has {set.Count} row; a GAN needs at least two, since batch norm has nothing to compare a single image with, and many to learn anything.");
        IReadOnlyList<string> classes = _options.Conditional ? set.ClassNames : [];
        manual_seed(_options.Seed);
        GanNetwork? network = null;
        try
        {
            network = model.CreateNetwork(classes.Count, device);
            network.LayOutChannelsLast();
            channel.Info(MessageSensitivity.None, $"{_options.Architecture} with {_options.Loss} loss on {device} in {precision}: {set}; augmentation: {_options.Augmentation}");
            var outcome = Train(network, model, classes.Count, set, device, precision, channel);
            if (outcome.History.SkippedWarning is { } warning)
                channel.Warning(MessageSensitivity.None, warning);
            return outcome.Deliver(new GanTransformer(network, model, classes, outcome.History, device), _options.Cancellation);
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
        if (_options.Conditional)
            RequiredColumn.Of(inputSchema, _options.LabelColumn, "label", LabelColumn.Accepts, LabelColumn.Wanted);
        var added = inputSchema.Any(c => c.Name == _options.LatentColumn) ? new[] { GanColumns.Image(_options), GanColumns.Score(_options) } : [GanColumns.Score(_options)];
        return AddedColumns.To(inputSchema, added);
    }

    private TrainingOutcome Train(GanNetwork network, GanModel model, int classes, ImageSet set, Device device, Precision precision, IChannel channel)
    {
        using var scope = NewDisposeScope();
        using var normalizer = model.Normalizer();
        // One row alone has no variance for batch norm to divide by, so it joins the batch before.
        using var batches = new BatchLoader(set, _options.BatchSize, _options.Seed, shuffle: true, _options.Augmentation, channelsLast: true, pinned: device.type == TorchSharp.DeviceType.CUDA, joinLastRow: true);
        using var step = new GanStep(network, normalizer, classes, _options, device, precision);
        var watch = new GanWatch(_options, new GanPredictor(network, normalizer, model, classes, device, precision), network.eval, classes, channel);
        var outcome = new TrainingLoop<ImageBatch>(step, _options with { Progress = watch }, device, precision).Run(batches, validation: null);
        if (_options.AverageWeights is not null && outcome.History.End == TrainingEnd.Completed)
            RenewStatistics(network, classes, device);
        return classes == 0 ? outcome : outcome with { History = outcome.History with { ClassCounts = set.ByName(set.CountByClass()) } };
    }

    /// <summary>
    /// Batch norm's running statistics are those of the weights on their way, averaged; the averaged weights have others (Izmailov et
    /// al., 2018, https://arxiv.org/abs/1803.05407).
    /// </summary>
    private void RenewStatistics(GanNetwork network, int classes, Device device)
    {
        using var frozen = no_grad();
        network.train();
        // With batch norm's momentum of 0.1 nothing of the old numbers is left after 100 batches.
        for (var i = 0; i < 100; i++)
        {
            using var batch = NewDisposeScope();
            var z = LatentSource.Draw(_options, _options.BatchSize, device);                         // (N, Z)
            if (classes > 0)
                z = cat([z, nn.functional.one_hot(randint(0, classes, [_options.BatchSize], ScalarType.Int64, device), classes).to(ScalarType.Float32)], 1); // (N, Z + K)
            network.Generator.call(z);
        }
        network.eval();
    }
}
