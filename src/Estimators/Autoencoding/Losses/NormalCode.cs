using static TorchSharp.torch;

namespace Fovea.Autoencoding.Losses;

/// <summary>The code's distribution q(z|x), normal with mean μ and variance σ² in each of Z directions, and the standard normal prior.</summary>
internal static class NormalCode
{
    /// <summary>
    /// z = μ + σ·ε with ε from the standard normal distribution, through which gradients pass (Kingma and Welling, 2014, section 2.4).
    /// Lecture notes in use have z = μ + σ²·ε, which is an error: that z has the variance σ⁴, so the sampled term of the loss and the
    /// divergence, which is of N(μ, σ²), would be of two different distributions.
    /// </summary>
    /// <param name="mean">μ, (N, Z).</param>
    /// <param name="logVariance">ln σ², (N, Z).</param>
    /// <param name="noise">ε, (N, Z), or (K, N, Z) for K samples.</param>
    /// <returns>Of the noise's shape.</returns>
    public static Tensor Sample(Tensor mean, Tensor logVariance, Tensor noise)
    {
        using var scope = NewDisposeScope();
        return (mean + (logVariance * 0.5).exp() * noise).MoveToOuterDisposeScope();
    }

    /// <summary>KL(q(z|x) ‖ N(0, 1)) = ½ Σ (μ² + σ² − 1 − ln σ²), in nats (Kingma and Welling, 2014, appendix B).</summary>
    /// <param name="mean">μ, (N, Z).</param>
    /// <param name="logVariance">ln σ², (N, Z).</param>
    /// <returns>(N,).</returns>
    public static Tensor Divergence(Tensor mean, Tensor logVariance)
    {
        using var scope = NewDisposeScope();
        return ((mean.square() + logVariance.exp() - 1 - logVariance).sum(1) * 0.5).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// ln p(x|z) + ln p(z) − ln q(z|x) of a drawn z: what the importance-weighted bound takes the logarithm of the mean exponential of
    /// (Burda, Grosse and Salakhutdinov, 2016). The normalizing constants of prior and q cancel.
    /// </summary>
    /// <param name="negativeLogLikelihood">−ln p(x|z), (K, N).</param>
    /// <param name="z">(K, N, Z).</param>
    /// <param name="noise">ε that z was made of, (K, N, Z).</param>
    /// <param name="logVariance">ln σ², (N, Z).</param>
    /// <returns>(K, N).</returns>
    public static Tensor LogWeight(Tensor negativeLogLikelihood, Tensor z, Tensor noise, Tensor logVariance)
    {
        using var scope = NewDisposeScope();
        // ln p(z) = −½ z² + c; ln q(z|x) = −½ ε² − ½ ln σ² + c.
        return ((noise.square() + logVariance - z.square()).sum(-1) * 0.5 - negativeLogLikelihood).MoveToOuterDisposeScope();
    }
}
