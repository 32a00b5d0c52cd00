using static TorchSharp.torch;

namespace Fovea.Generation.Evaluation;

/// <summary>The unbiased squared maximum mean discrepancy with the kernel (x·y / F + 1)³ (Bińkowski et al., 2018, https://arxiv.org/abs/1801.01401), over all pairs instead of random subsets.</summary>
internal static class KernelDistance
{
    /// <summary>Rows whose kernel is held at once.</summary>
    private const long Block = 1024;

    /// <param name="a">(N, F), float64, N at least 2.</param>
    /// <param name="b">(M, F), float64, M at least 2.</param>
    public static double Of(Tensor a, Tensor b)
    {
        var (n, m) = ((double)a.size(0), (double)b.size(0));
        // A row with itself does not count.
        return (Sum(a, a) - Diagonal(a)) / (n * (n - 1)) + (Sum(b, b) - Diagonal(b)) / (m * (m - 1)) - 2 * Sum(a, b) / (n * m);
    }

    private static double Sum(Tensor a, Tensor b)
    {
        var sum = 0.0;
        for (long row = 0; row < a.size(0); row += Block)
        {
            using var scope = NewDisposeScope();
            sum += Cube(a.narrow(0, row, Math.Min(Block, a.size(0) - row)).matmul(b.t()), a.size(1)).item<double>();
        }
        return sum;
    }

    private static double Diagonal(Tensor x)
    {
        using var scope = NewDisposeScope();
        return Cube(x.square().sum(1), x.size(1)).item<double>();
    }

    private static Tensor Cube(Tensor products, long features) => (products / features + 1).pow(3).sum();
}
