namespace Fovea;

/// <summary>What latent vectors are drawn from.</summary>
public enum LatentPrior
{
    /// <summary>Every number standard normal.</summary>
    Normal,

    /// <summary>Every number uniform in [−1, 1).</summary>
    Uniform,
}
