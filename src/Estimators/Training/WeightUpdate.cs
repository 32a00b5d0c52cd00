using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>From a loss to new weights: gradients, clipped where the options say so, and the optimizer's step.</summary>
/// <param name="options">The optimizer's.</param>
/// <param name="network">Whose weights change.</param>
/// <param name="beta1">Of Adam and AdamW.</param>
internal sealed class WeightUpdate(TrainingOptions options, nn.Module network, double beta1 = 0.9) : IDisposable
{
    private readonly Parameter[] _parameters = [.. network.parameters()];
    private readonly optim.Optimizer _optimizer = OptimizerFactory.Create(options, network.parameters(), beta1);

    /// <param name="loss">(), with its graph, which is used up.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <param name="alone">Whether other weights that the loss depends on get no gradient, which saves computing it.</param>
    public void Run(Tensor loss, double learningRate, bool alone = false)
    {
        _optimizer.SetLearningRate(learningRate);
        // Let go rather than set to 0: the new gradients take their place, where they would be added to the zeros.
        foreach (var parameter in _parameters)
            parameter.grad = null;
        if (alone)
            loss.backward(inputs: [.. _parameters]);
        else
            loss.backward();
        if (options.ClipGradientNorm is { } norm)
            nn.utils.clip_grad_norm_(_parameters, norm);
        _optimizer.step();
    }

    public void Dispose() => _optimizer.Dispose();
}
