namespace Fovea;

/// <summary>The distribution p(x|z) of a pixel x in [0, 1] given the code, whose negative logarithm is minimised.</summary>
public enum PixelLikelihood
{
    /// <summary><see cref="Bernoulli"/> for the variational kind, else <see cref="Gaussian"/>.</summary>
    Auto,

    /// <summary>
    /// −x·ln p − (1 − x)·ln(1 − p): cross-entropy. For pixels between 0 and 1 it is that of binary images drawn with the greys as
    /// probabilities; it is above 0 even for a perfect reconstruction.
    /// </summary>
    Bernoulli,

    /// <summary>(x − μ)² / 2σ² + ln σ + ½·ln 2π with the fixed deviation <see cref="AutoencoderOptions.GaussianDeviation"/>: squared error.</summary>
    Gaussian,
}
