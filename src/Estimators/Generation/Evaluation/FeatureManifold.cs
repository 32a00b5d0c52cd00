using static TorchSharp.torch;

namespace Fovea.Generation.Evaluation;

/// <summary>
/// Where points are, as balls around each that reach to its k-th neighbor (Kynkäänniemi et al., 2019, algorithm 1,
/// https://arxiv.org/abs/1904.06991).
/// </summary>
internal static class FeatureManifold
{
    /// <summary>Rows whose distances are held at once.</summary>
    private const long Block = 1024;

    /// <param name="real">(N, F), float64.</param>
    /// <param name="generated">(M, F), float64.</param>
    /// <param name="neighbors">k, below N and M.</param>
    public static (double Precision, double Recall) PrecisionAndRecall(Tensor real, Tensor generated, int neighbors)
    {
        using var scope = NewDisposeScope();
        return (ShareWithin(generated, real, Radii(real, neighbors)), ShareWithin(real, generated, Radii(generated, neighbors)));
    }

    /// <returns>(N,): squared distance of each point to its k-th neighbor.</returns>
    private static Tensor Radii(Tensor points, int neighbors) => cat([.. Blocks(points).Select(block =>
    {
        using var scope = NewDisposeScope();
        // Among the nearest is the point itself.
        var (nearest, _) = SquaredDistances(block, points).topk(neighbors + 1, 1, largest: false, sorted: true); // (n, k + 1)
        return nearest.select(1, neighbors).MoveToOuterDisposeScope();
    })]);

    /// <summary>Share of the points that lie in one of the balls.</summary>
    private static double ShareWithin(Tensor points, Tensor centers, Tensor radii)
    {
        var within = 0L;
        foreach (var block in Blocks(points))
        {
            using var scope = NewDisposeScope();
            within += SquaredDistances(block, centers).le(radii).any(1).sum().item<long>();
        }
        return (double)within / points.size(0);
    }

    private static IEnumerable<Tensor> Blocks(Tensor points)
    {
        for (long row = 0; row < points.size(0); row += Block)
            yield return points.narrow(0, row, Math.Min(Block, points.size(0) - row));
    }

    /// <summary>‖x‖² + ‖y‖² − 2 x·y, in float64, where the difference has digits enough.</summary>
    private static Tensor SquaredDistances(Tensor a, Tensor b) =>
        (a.square().sum(1, keepdim: true) + b.square().sum(1) - 2 * a.matmul(b.t())).clamp_(0);           // (N, M)
}
