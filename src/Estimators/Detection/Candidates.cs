using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>Boxes of a batch that may be objects, M for each image, from the highest score down. All tensors on one device.</summary>
/// <param name="Boxes">(N, M, 4), float32: x0 y0 x1 y1 in pixels of the network's input.</param>
/// <param name="Scores">(N, M), float32, in [0, 1].</param>
/// <param name="Labels">(N, M), int64, class index in [0, K).</param>
/// <param name="Exist">(N, M), bool: false for what only fills an image up to M.</param>
internal sealed record Candidates(Tensor Boxes, Tensor Scores, Tensor Labels, Tensor Exist)
{
    /// <summary>The best of the boxes that a network scores for every class.</summary>
    /// <param name="boxes">(N, A, 4), or (N, A, K, 4) where each class has boxes of its own.</param>
    /// <param name="scores">(N, A, K), in [0, 1].</param>
    /// <param name="limits">Which.</param>
    public static Candidates Best(Tensor boxes, Tensor scores, CandidateLimits limits)
    {
        return boxes.dim() == 3
            ? Best(scores, limits, rows => Pick(boxes, rows))
            : Picked(scores, limits, places => Pick(boxes.flatten(1, 2), places));
    }

    /// <summary>The best of the places that a network scores for every class, where only they are to have boxes.</summary>
    /// <param name="scores">(N, A, K), in [0, 1].</param>
    /// <param name="limits">Which.</param>
    /// <param name="boxes">Of (N, M), int64, in [0, A): their boxes, (N, M, 4).</param>
    public static Candidates Best(Tensor scores, CandidateLimits limits, Func<Tensor, Tensor> boxes)
    {
        var classes = scores.size(2);
        return Picked(scores, limits, places => boxes(places.div(classes, RoundingMode.floor)));
    }

    /// <param name="values">(N, A, D).</param>
    /// <param name="rows">(N, M), int64, in [0, A).</param>
    /// <returns>(N, M, D).</returns>
    public static Tensor Pick(Tensor values, Tensor rows) => values.gather(1, rows.unsqueeze(2).expand(-1, -1, values.size(2)));

    private static Candidates Picked(Tensor scores, CandidateLimits limits, Func<Tensor, Tensor> boxes)
    {
        var (images, classes) = (scores.size(0), scores.size(2));
        var flat = scores.to(ScalarType.Float32).flatten(1);                                               // (N, A·K)
        // Where the best of an image are above the score in all, none that is has a place beyond the largest count.
        var counts = flat.gt(limits.Score).sum(1);
        var most = images == 0 ? 0 : Math.Min(limits.Most, counts.max().item<long>());
        var (best, places) = flat.topk((int)most, 1);                                                      // (N, M)
        return new(boxes(places).to(ScalarType.Float32), best, places.remainder(classes), best.gt(limits.Score));
    }

    /// <summary>Without those that a better one of their class covers, and at most so many an image.</summary>
    /// <param name="threshold">IoU above which a box is covered, 0 to 1.</param>
    /// <param name="most">Boxes an image.</param>
    public Candidates Suppress(double threshold, int most)
    {
        var kept = NonMaximumSuppression.Keep(Boxes, Scores, Labels, Exist, threshold);                    // (N, M)
        return this with { Exist = kept.logical_and(kept.cumsum(1).le(most)) };
    }
}
