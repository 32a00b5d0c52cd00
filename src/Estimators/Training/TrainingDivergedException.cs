using Microsoft.ML;

namespace Fovea;

/// <summary>The loss became infinite or not a number, and training stopped.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(ITransformer? model, TrainingHistory history, int epoch, int step, double loss, double learningRate)
        : base($"The loss is {loss} at step {step} of epoch {epoch} (learning rate {learningRate:g3}). "
            + "Try a tenth of the learning rate, ClipGradientNorm = 1, or Precision.Float32, and look for empty or constant images. "
            + (model is null ? "No epoch was completed, so there is no model." : $"The exception's {nameof(Model)} has the weights of epoch {history.BestEpoch}."))
    {
        Model = model;
        History = history;
    }

    /// <summary>The model of the best completed epoch; null where none was. The caller disposes it.</summary>
    public ITransformer? Model { get; }

    /// <summary>The completed epochs.</summary>
    public TrainingHistory History { get; }
}
