namespace Fovea;

/// <summary>The rule that turns gradients into a change of the weights.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with <see cref="TrainingOptions.Momentum"/>, optionally Nesterov's.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980); weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101).</summary>
    AdamW,

    /// <summary>RMSprop (Hinton, 2012, lecture 6e) with <see cref="TrainingOptions.Momentum"/>.</summary>
    RmsProp,
}
