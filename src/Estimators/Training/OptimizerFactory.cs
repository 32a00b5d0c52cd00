using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>Options to optimizer.</summary>
internal static class OptimizerFactory
{
    /// <param name="options">Kind, rate, momentum and weight decay.</param>
    /// <param name="parameters">What it changes.</param>
    /// <param name="beta1">Of Adam and AdamW.</param>
    public static optim.Optimizer Create(TrainingOptions options, IEnumerable<Parameter> parameters, double beta1 = 0.9) => options.Optimizer switch
    {
        OptimizerKind.Sgd => optim.SGD(parameters, options.LearningRate, options.Momentum, weight_decay: options.WeightDecay, nesterov: options.Nesterov),
        OptimizerKind.Adam => optim.Adam(parameters, options.LearningRate, beta1, weight_decay: options.WeightDecay),
        OptimizerKind.AdamW => optim.AdamW(parameters, options.LearningRate, beta1, weight_decay: options.WeightDecay),
        OptimizerKind.RmsProp => optim.RMSProp(parameters, options.LearningRate, weight_decay: options.WeightDecay, momentum: options.Momentum),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, null),
    };

    /// <summary>Sets every group's rate for the next step.</summary>
    public static void SetLearningRate(this optim.Optimizer optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
    }
}
