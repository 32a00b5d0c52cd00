using static TorchSharp.torch;

namespace Fovea.Autoencoding.Losses;

/// <summary>−ln p(x|z), in nats.</summary>
internal static class ReconstructionLoss
{
    /// <param name="logits">(N, C, H, W), float32; their sigmoid is p of the Bernoulli, μ of the Gaussian likelihood.</param>
    /// <param name="target">(N, C, H, W), float32, in [0, 1].</param>
    /// <param name="likelihood">Not <see cref="PixelLikelihood.Auto"/>.</param>
    /// <param name="deviation">σ of the Gaussian.</param>
    /// <returns>(N,), float32: the sum over an image's pixels.</returns>
    public static Tensor PerImage(Tensor logits, Tensor target, PixelLikelihood likelihood, double deviation)
    {
        using var scope = NewDisposeScope();
        if (likelihood == PixelLikelihood.Bernoulli)
            return nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None).sum([1, 2, 3]).MoveToOuterDisposeScope();
        // The constant a pixel, once an image.
        var constant = (Math.Log(deviation) + 0.5 * Math.Log(2 * Math.PI)) * (target.NumberOfElements / target.size(0));
        return ((logits.sigmoid() - target).square().sum([1, 2, 3]) / (2 * deviation * deviation) + constant).MoveToOuterDisposeScope();
    }
}
