namespace Fovea.Native;

/// <summary>The numbers of one step of Adam or AdamW, as <c>torch.optim</c> takes them.</summary>
public readonly record struct AdamStepOptions
{
    /// <summary>Step length.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decay of the first moment, in [0, 1).</summary>
    public required double Beta1 { get; init; }

    /// <summary>Decay of the second moment, in [0, 1).</summary>
    public required double Beta2 { get; init; }

    /// <summary>Added to the denominator.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Which step this is, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>L2 penalty, or the decay of the weights where <see cref="Decoupled"/>.</summary>
    public double WeightDecay { get; init; }

    /// <summary>AdamW: the weights decay by themselves instead of through the gradient.</summary>
    public bool Decoupled { get; init; }

    /// <summary>AMSGrad: divides by the largest second moment so far.</summary>
    public bool Amsgrad { get; init; }

    /// <summary>Goes up the gradient.</summary>
    public bool Maximize { get; init; }
}
