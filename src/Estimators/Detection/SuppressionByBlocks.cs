using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>
/// Greedy suppression of one image for a CPU, where every pair costs time and asking a tensor is free: blocks of boxes are settled from the
/// highest score down, and what a block's kept boxes cover leaves before the next block is taken. So few pairs are looked at: those within a block,
/// and kept boxes with what still stands.
/// </summary>
internal static class SuppressionByBlocks
{
    /// <summary>Pairs looked at together: their numbers, of which some four are alive at a time, stay in a core's cache.</summary>
    private const long Pairs = 1 << 17;

    private const long SmallestBlock = 32;
    private const long LargestBlock = 256;

    // Rows of the matrix that boxes are kept in: numbers of a kind lie side by side.
    private const int X0 = 0, Y0 = 1, X1 = 2, Y1 = 3, Area = 4, Class = 5;

    /// <param name="boxes">(M, 4), x0 y0 x1 y1, float32.</param>
    /// <param name="scores">(M,), float.</param>
    /// <param name="classes">(M,), int64; boxes of different classes do not suppress each other. Null: all are of one class.</param>
    /// <param name="candidates">(M,), bool: the boxes that there are. Null: all.</param>
    /// <param name="limit">IoU above which a box is suppressed, a float32.</param>
    /// <returns>(R,), int64: places of the boxes kept, from the highest score down.</returns>
    public static Tensor Run(Tensor boxes, Tensor scores, Tensor? classes, Tensor? candidates, double limit)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var places = scores.sort(-1, descending: true, stable: true).Indices;                               // (M,)
        if (candidates is not null)
            places = places.masked_select(candidates.index_select(0, places));
        var side = boxes.narrow(1, 2, 2) - boxes.narrow(1, 0, 2);
        var rows = new List<Tensor> { boxes.t(), (side.select(1, 0) * side.select(1, 1)).unsqueeze(0) };
        // As float32, whose comparison is several times faster; exact below 2^24 classes.
        if (classes is not null)
            rows.Add(classes.to(ScalarType.Float32).unsqueeze(0));
        var open = cat(rows).index_select(1, places);                                                       // (5 or 6, M)
        var kept = new List<Tensor>();
        while (places.size(0) is > 0 and var count)
        {
            var block = Math.Min(count, Math.Clamp(Pairs / count, SmallestBlock, LargestBlock));
            var standing = Settle(Covers(open.narrow(1, 0, block), open.narrow(1, 0, block), limit));       // (block,), bool
            var stay = standing.nonzero().squeeze(1);                                                       // (R',)
            kept.Add(places.index_select(0, stay));
            var rest = open.narrow(1, block, count - block);
            var still = Covers(open.index_select(1, stay), rest, limit).any(0).logical_not().nonzero().squeeze(1);
            (open, places) = (rest.index_select(1, still), places.narrow(0, block, count - block).index_select(0, still));
        }
        return (kept.Count > 0 ? cat(kept) : places).MoveToOuterDisposeScope();
    }

    /// <param name="a">(5 or 6, A).</param>
    /// <param name="b">(5 or 6, B).</param>
    /// <param name="limit">Of IoU.</param>
    /// <returns>(A, B), bool: of one class, and their IoU is above the limit.</returns>
    private static Tensor Covers(Tensor a, Tensor b, double limit)
    {
        using var scope = NewDisposeScope();
        var shared = Overlap(X0, X1).mul_(Overlap(Y0, Y1));                                                 // (A, B)
        var union = (Left(Area) + Right(Area)).sub_(shared);
        // Two without area share nothing and have no union: not a number, which is not above.
        var covers = shared.div_(union).gt(limit);
        if (a.size(0) > Class)
            covers.logical_and_(Left(Class).eq(Right(Class)));
        return covers.MoveToOuterDisposeScope();

        Tensor Overlap(int start, int end) => Left(end).minimum(Right(end)).sub_(Left(start).maximum(Right(start))).clamp_min_(0);

        Tensor Left(int row) => a[row].unsqueeze(1);

        Tensor Right(int row) => b[row].unsqueeze(0);
    }

    /// <param name="covers">(B, B).</param>
    /// <returns>(B,), bool: which are kept, by the equation of <see cref="NonMaximumSuppression"/>.</returns>
    private static Tensor Settle(Tensor covers)
    {
        using var scope = NewDisposeScope();
        var suppresses = covers.to(ScalarType.Float32).triu_(1);                                            // (B, B)
        var kept = ones(1, covers.size(0));
        while (true)
        {
            var next = kept.matmul(suppresses).eq(0).to(ScalarType.Float32);                                // (1, B)
            if (next.eq(kept).all().item<bool>())
                return next.gt(0).squeeze(0).MoveToOuterDisposeScope();
            kept = next;
        }
    }
}
