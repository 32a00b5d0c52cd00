using static TorchSharp.torch;

namespace Fovea.Generation.Losses;

/// <summary>
/// E (‖∇D(x̂)‖₂ − 1)², x̂ = ε x + (1 − ε) G(z), one ε in [0, 1) for each image (Gulrajani et al., 2017, algorithm 1,
/// https://arxiv.org/abs/1704.00028). Its own gradient needs the second derivatives of the discriminator.
/// </summary>
internal static class GradientPenalty
{
    /// <param name="discriminator">(N, C, H, W) to (N,).</param>
    /// <param name="real">x, (N, C, H, W).</param>
    /// <param name="fake">G(z), (N, C, H, W).</param>
    /// <param name="epsilon">(N, 1, 1, 1), in [0, 1).</param>
    /// <returns>(), differentiable with respect to the discriminator's weights.</returns>
    public static Tensor Of(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Tensor epsilon)
    {
        var between = (epsilon * real.detach() + (1 - epsilon) * fake.detach()).requires_grad_();     // (N, C, H, W)
        // The rows do not touch each other, so the gradient of the sum has each row's own gradient. The graph is kept because the
        // penalty's own backward pass goes through it again; TorchSharp does not conclude that from create_graph.
        var gradient = autograd.grad([discriminator(between).sum()], [between], retain_graph: true, create_graph: true)[0]; // (N, C, H, W)
        // The root has no derivative at 0, where a discriminator that says the same of everything begins.
        var norm = (gradient.square().flatten(1).sum(1) + 1e-12).sqrt();                                // (N,)
        return (norm - 1).square().mean();
    }
}
