namespace Fovea.Training;

/// <summary>How a run of the loop ended; the network has the weights of <see cref="TrainingHistory.BestEpoch"/>, or the current ones where that is 0.</summary>
/// <param name="History">The completed epochs.</param>
/// <param name="Epoch">The epoch in which it ended, from 1.</param>
/// <param name="Step">Steps done in that epoch.</param>
/// <param name="Loss">The last mean loss of that epoch; what was not finite where training diverged.</param>
/// <param name="LearningRate">The rate of the last step.</param>
internal sealed record TrainingOutcome(TrainingHistory History, int Epoch, int Step, double Loss, double LearningRate);
