using Microsoft.ML;

namespace Fovea.Training;

/// <summary>How a run of the loop ended; the network has the weights of <see cref="TrainingHistory.BestEpoch"/>, or the current ones where that is 0.</summary>
/// <param name="History">The completed epochs.</param>
/// <param name="Epoch">The epoch in which it ended, from 1.</param>
/// <param name="Step">Steps done in that epoch.</param>
/// <param name="Loss">The last mean loss of that epoch; what was not finite where training diverged.</param>
/// <param name="LearningRate">The rate of the last step.</param>
internal sealed record TrainingOutcome(TrainingHistory History, int Epoch, int Step, double Loss, double LearningRate)
{
    /// <summary>Hands the trained model over, or throws the exception that says why the run ended early and holds the model so far.</summary>
    /// <param name="model">With the weights that the loop left.</param>
    /// <param name="cancellation">The token that may have ended the run.</param>
    public TModel Deliver<TModel>(TModel model, CancellationToken cancellation)
        where TModel : class, ITransformer => History.End switch
    {
        TrainingEnd.Canceled => throw new TrainingCanceledException(model, History, cancellation),
        TrainingEnd.Diverged => throw new TrainingDivergedException(History.BestEpoch > 0 ? model : null, History, Epoch, Step, Loss, LearningRate),
        _ => model,
    };
}
