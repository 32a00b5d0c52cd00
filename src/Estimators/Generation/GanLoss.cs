namespace Fovea;

/// <summary>
/// What discriminator and generator minimise. D is the discriminator's output, a real number for each image; σ is the logistic
/// function, x a real image, z a latent vector, E the mean over the batch.
/// </summary>
/// <remarks>
/// Real is label 1 and generated is label 0 everywhere, as in the papers. Texts that call the discriminator's output the probability
/// of a fake have it the other way round, and lectures are known to mix both; then real and generated change places in every formula.
/// </remarks>
public enum GanLoss
{
    /// <summary>
    /// D: −E log σ(D(x)) − E log(1 − σ(D(G(z)))). G: −E log σ(D(G(z))), whose gradient does not vanish where the discriminator is
    /// sure (Goodfellow et al., 2014, section 3, https://arxiv.org/abs/1406.2661).
    /// </summary>
    NonSaturating,

    /// <summary>D: as <see cref="NonSaturating"/>. G: E log(1 − σ(D(G(z)))), the other side of the same game (Goodfellow et al., 2014, equation 1).</summary>
    Minimax,

    /// <summary>D: ½ E (D(x) − 1)² + ½ E D(G(z))². G: ½ E (D(G(z)) − 1)² (Mao et al., 2017, equation 9, https://arxiv.org/abs/1611.04076).</summary>
    LeastSquares,

    /// <summary>D: E max(0, 1 − D(x)) + E max(0, 1 + D(G(z))). G: −E D(G(z)) (Lim and Ye, 2017, https://arxiv.org/abs/1705.02894; Miyato et al., 2018).</summary>
    Hinge,

    /// <summary>
    /// D: E D(G(z)) − E D(x) + λ E (‖∇D(x̂)‖₂ − 1)² with x̂ drawn between a real and a generated image. G: −E D(G(z)) (Gulrajani et
    /// al., 2017, https://arxiv.org/abs/1704.00028). The discriminator has no batch norm then, which would tie the rows together.
    /// </summary>
    Wasserstein,
}
