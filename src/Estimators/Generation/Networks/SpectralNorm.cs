using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// Divides a weight by its largest singular value, which it follows by one step of the power iteration each time it is used in
/// training (Miyato et al., 2018, algorithm 1, https://arxiv.org/abs/1802.05957). The matrix has a row for each output.
/// </summary>
internal sealed class SpectralNorm : nn.Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-12;

    private readonly Tensor u; // (O,)
    private readonly Tensor v; // (rest,)

    /// <param name="outputs">O, the weight's first size.</param>
    /// <param name="rest">The product of its other sizes.</param>
    public SpectralNorm(long outputs, long rest)
        : base(nameof(SpectralNorm))
    {
        u = nn.functional.normalize(randn(outputs), 2, 0, Epsilon).DetachFromDisposeScope();
        v = nn.functional.normalize(randn(rest), 2, 0, Epsilon).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <param name="weight">(O, ...).</param>
    /// <returns>The weight over its largest singular value.</returns>
    public override Tensor forward(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var matrix = weight.flatten(1);                                                   // (O, rest)
        if (training)
        {
            using var frozen = no_grad();
            v.copy_(nn.functional.normalize((matrix.t() * u).sum(1), 2, 0, Epsilon));
            u.copy_(nn.functional.normalize((matrix * v).sum(1), 2, 0, Epsilon));
        }
        // Copies: the next use changes u and v, and the backward pass of this one still needs them. Products and sums instead of
        // matrix products, which autocast would round to bfloat16.
        var sigma = (u.clone() * (matrix * v.clone()).sum(1)).sum();                      // ()
        return (weight / sigma).MoveToOuterDisposeScope();
    }
}
