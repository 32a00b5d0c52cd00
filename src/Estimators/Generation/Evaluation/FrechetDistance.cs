using static TorchSharp.torch;

namespace Fovea.Generation.Evaluation;

/// <summary>
/// ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau, 1982; Heusel et al., 2017). Σ₁Σ₂ has no symmetric root, but the eigenvalues
/// of Σ₁^½ Σ₂ Σ₁^½, which is symmetric; the trace of the root is the sum of their roots.
/// </summary>
internal static class FrechetDistance
{
    /// <param name="a">(N, F), float64, N at least 2.</param>
    /// <param name="b">(M, F), float64, M at least 2.</param>
    public static double Of(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (meanA, covarianceA) = Moments(a);
        var (meanB, covarianceB) = Moments(b);
        var (values, vectors) = linalg.eigh(covarianceA);                                 // (F,), (F, F)
        // Rounding makes eigenvalues that are 0 a little negative.
        var root = (vectors * values.clamp(0).sqrt()).matmul(vectors.t());                // (F, F)
        var product = linalg.eigvalsh(root.matmul(covarianceB).matmul(root)).clamp(0);    // (F,)
        var distance = (meanA - meanB).square().sum() + covarianceA.trace() + covarianceB.trace() - 2 * product.sqrt().sum();
        // A distance of 0 comes out as the difference of equal traces, on either side of it.
        return Math.Max(0, distance.item<double>());
    }

    /// <returns>The mean, (F,), and the covariance, (F, F), by N − 1.</returns>
    private static (Tensor Mean, Tensor Covariance) Moments(Tensor x)
    {
        var mean = x.mean([0]);
        var centered = x - mean;
        return (mean, centered.t().matmul(centered) / (x.size(0) - 1));
    }
}
