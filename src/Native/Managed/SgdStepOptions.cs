namespace Fovea.Native;

/// <summary>The numbers of one step of stochastic gradient descent, as <c>torch.optim.SGD</c> takes them.</summary>
public readonly record struct SgdStepOptions
{
    /// <summary>Step length.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Share of the last direction that is kept; 0 for none.</summary>
    public double Momentum { get; init; }

    /// <summary>Share of the gradient that the momentum buffer leaves out.</summary>
    public double Dampening { get; init; }

    /// <summary>L2 penalty, added to the gradient.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Nesterov's momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Goes up the gradient.</summary>
    public bool Maximize { get; init; }

    /// <summary>The momentum buffers are empty and take the gradient as it is.</summary>
    public bool First { get; init; }
}
