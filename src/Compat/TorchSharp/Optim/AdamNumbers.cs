using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The numbers of a step of Adam, and the step itself.</summary>
internal sealed record AdamNumbers(double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Amsgrad, bool Maximize, bool Decoupled)
{
    /// <param name="count">Counts a step of the parameter and gives the steps before it.</param>
    /// <param name="moments">The first and second moments, and the largest second moments.</param>
    public void Step<TState>(FusedStep<TState> fused, Func<TState, long> count, Func<TState, (Tensor, Tensor, Tensor?)> moments) where TState : OptimizerState
    {
        // Parameters whose gradient was missing in some step have made fewer steps.
        foreach (var batch in fused.Entries.GroupBy(entry => count(entry.State) + 1).ToList())
        {
            var entries = batch.ToList();
            Door.AdamStep(
                new AdamStepOptions
                {
                    LearningRate = LearningRate,
                    Beta1 = Beta1,
                    Beta2 = Beta2,
                    Epsilon = Epsilon,
                    Step = batch.Key,
                    WeightDecay = WeightDecay,
                    Decoupled = Decoupled,
                    Amsgrad = Amsgrad,
                    Maximize = Maximize,
                },
                FusedStep<TState>.Handles(entries, entry => entry.Parameter),
                FusedStep<TState>.Handles(entries, entry => entry.Gradient),
                FusedStep<TState>.Handles(entries, entry => moments(entry.State).Item1.Handle),
                FusedStep<TState>.Handles(entries, entry => moments(entry.State).Item2.Handle),
                Amsgrad ? FusedStep<TState>.Handles(entries, entry => moments(entry.State).Item3!.Handle) : []);
        }
    }

    public void Step(long step, Tensor parameter, Tensor gradient, Tensor average, Tensor squareAverage, Tensor? maximum)
    {
        if (Maximize) gradient = gradient.neg();
        if (Decoupled) parameter.mul_(1 - LearningRate * WeightDecay);
        else if (WeightDecay != 0) gradient = gradient.add(parameter, alpha: WeightDecay);
        average.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        squareAverage.mul_(Beta2).addcmul_(gradient, gradient.conj(), value: 1 - Beta2);
        if (Amsgrad) maximum!.copy_(maximum.maximum(squareAverage));
        var correction1 = 1 - Math.Pow(Beta1, step);
        var correction2 = 1 - Math.Pow(Beta2, step);
        var divisor = (Amsgrad ? maximum! : squareAverage).sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
        parameter.addcdiv_(average, divisor, value: -(LearningRate / correction1));
    }
}
