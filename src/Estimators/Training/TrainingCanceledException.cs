using Microsoft.ML;

namespace Fovea;

/// <summary>Training was cancelled by <see cref="TrainingOptions.Cancellation"/>. What was learned so far can be had from it.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    internal TrainingCanceledException(ITransformer model, TrainingHistory history, CancellationToken token)
        : base($"Training was cancelled after {history.Epochs.Count} completed epoch(s). The exception's {nameof(Model)} has the "
            + (history.BestEpoch > 0 ? $"weights of epoch {history.BestEpoch}." : "weights of the moment it was cancelled."), token)
    {
        Model = model;
        History = history;
    }

    /// <summary>The model with the best weights so far: of the best completed epoch, or of the moment where none was completed. The caller disposes it.</summary>
    public ITransformer Model { get; }

    /// <summary>The completed epochs.</summary>
    public TrainingHistory History { get; }
}
