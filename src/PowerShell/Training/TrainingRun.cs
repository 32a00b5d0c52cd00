using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Fovea.PowerShell;

/// <summary>One training, ready to run on any thread.</summary>
/// <typeparam name="TOptions">The room's options.</typeparam>
internal sealed class TrainingRun<TOptions>
    where TOptions : TrainingOptions
{
    public required TOptions Options { get; init; }

    /// <summary>The network, in a word.</summary>
    public required string Network { get; init; }

    public required ImageDataset Training { get; init; }

    public ImageDataset? Test { get; init; }

    /// <summary>Where the model is saved, however training ends; null for nowhere.</summary>
    public string? Checkpoint { get; init; }

    public bool ReportsEpochs { get; init; }

    public required Func<VisionCatalog, TOptions, IEstimator<ITransformer>> Trainer { get; init; }

    /// <returns>The model; null where it was cancelled.</returns>
    public ImageModel? Run(IStreams streams, CancellationToken cancellation)
    {
        var ml = new MLContext(Options.Seed);
        ml.Log += (_, e) => Log(streams, e);
        var progress = new StreamProgress(streams, $"Training {Network}", ReportsEpochs);
        try
        {
            return Model(ml, Fit(ml, (TOptions)((TrainingOptions)Options with { Progress = progress, Cancellation = cancellation })));
        }
        catch (TrainingCanceledException e)
        {
            Rescue(ml, streams, e.Model);
            return null;
        }
        catch (TrainingDivergedException e)
        {
            Rescue(ml, streams, e.Model);
            throw;
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Trains with other options than its own.</summary>
    public ITransformer Fit(MLContext ml, TOptions options) => Trainer(ml.Vision, options).Fit(Training.View);

    private ImageModel Model(MLContext ml, ITransformer transformer)
    {
        var model = ImageModel.Of(transformer, Training, Test);
        if (Checkpoint is not null)
            Save(ml, model);
        return model;
    }

    private void Rescue(MLContext ml, IStreams streams, ITransformer? transformer)
    {
        if (transformer is null)
            return;
        using var model = ImageModel.Of(transformer);
        if (Checkpoint is null)
            return;
        Save(ml, model);
        streams.Verbose($"The best weights so far, of epoch {model.History.BestEpoch}, are in '{Checkpoint}'.");
    }

    private void Save(MLContext ml, ImageModel model)
    {
        ml.Vision.Save(model.Transformer, Checkpoint!);
        model.Path = Checkpoint;
    }

    private static void Log(IStreams streams, LoggingEventArgs e)
    {
        if (e.Kind == ChannelMessageKind.Warning)
            streams.Warning(e.RawMessage);
        else if (e.Kind == ChannelMessageKind.Info)
            streams.Verbose(e.RawMessage);
    }
}
