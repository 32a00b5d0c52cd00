using static TorchSharp.torch;

namespace Fovea.Generation.Losses;

/// <summary>The formulas of <see cref="GanLoss"/>, on the discriminator's outputs. Means over the batch.</summary>
internal static class AdversarialLoss
{
    /// <summary>What the discriminator minimizes of real images.</summary>
    /// <param name="kind">Which loss.</param>
    /// <param name="real">D(x), (N,), float32.</param>
    /// <param name="smoothing">Taken from the target 1.</param>
    /// <returns>().</returns>
    public static Tensor OfReal(GanLoss kind, Tensor real, double smoothing) => kind switch
    {
        GanLoss.NonSaturating or GanLoss.Minimax => CrossEntropy(real, 1 - smoothing),
        GanLoss.LeastSquares => 0.5 * (real - (1 - smoothing)).square().mean(),
        GanLoss.Hinge => (1 - real).relu().mean(),
        GanLoss.Wasserstein => -real.mean(),
        _ => throw Unknown(kind),
    };

    /// <summary>What the discriminator minimizes of generated images, without the gradient penalty.</summary>
    /// <param name="kind">Which loss.</param>
    /// <param name="fake">D(G(z)), (N,), float32.</param>
    /// <returns>().</returns>
    public static Tensor OfFake(GanLoss kind, Tensor fake) => kind switch
    {
        GanLoss.NonSaturating or GanLoss.Minimax => CrossEntropy(fake, 0),
        GanLoss.LeastSquares => 0.5 * fake.square().mean(),
        GanLoss.Hinge => (1 + fake).relu().mean(),
        GanLoss.Wasserstein => fake.mean(),
        _ => throw Unknown(kind),
    };

    /// <summary>What the generator minimizes.</summary>
    /// <param name="kind">Which loss.</param>
    /// <param name="fake">D(G(z)), (N,), float32.</param>
    /// <returns>().</returns>
    public static Tensor OfGenerator(GanLoss kind, Tensor fake) => kind switch
    {
        GanLoss.NonSaturating => CrossEntropy(fake, 1),
        // log(1 - σ(d)) = -softplus(d)
        GanLoss.Minimax => -CrossEntropy(fake, 0),
        GanLoss.LeastSquares => 0.5 * (fake - 1).square().mean(),
        GanLoss.Hinge or GanLoss.Wasserstein => -fake.mean(),
        _ => throw Unknown(kind),
    };

    /// <summary>Cross-entropy of a target t in [0, 1]: softplus(d) − t·d, which is finite for every d.</summary>
    private static Tensor CrossEntropy(Tensor logits, double target)
    {
        var loss = nn.functional.softplus(logits);
        return (target == 0 ? loss : loss - target * logits).mean();
    }

    private static ArgumentOutOfRangeException Unknown(GanLoss kind) => new(nameof(kind), kind, null);
}
