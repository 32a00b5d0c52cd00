using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>
/// Greedy non-maximum suppression: from the highest score down, a box is kept unless one that was kept before it, of its own
/// class, covers it with an IoU above the threshold. Of equal scores the box that comes first goes first. The result is that of
/// torchvision.ops.nms and batched_nms. On a CPU <see cref="SuppressionByBlocks"/> does it image by image; elsewhere, where questions cost and
/// pairs do not, a whole batch of images is done at once, by tensor operations on the device.
/// </summary>
/// <remarks>
/// Whether one box would suppress another is a matrix S, strictly upper triangular in the order of scores. Greedy suppression is
/// the only solution of kept[i] = none of kept[j] with S[j, i]; repeating that equation from "all are kept" settles box after
/// box from the first on and so reaches it after at most as many rounds as the longest chain of boxes that suppress each other
/// in turn, in practice after three or four. Boxes are taken in blocks, so that the matrix never has more than
/// <see cref="MostPairs"/> elements.
/// </remarks>
internal static class NonMaximumSuppression
{
    /// <summary>Elements of a block's matrix (32 MiB in float32, of which a handful are alive at a time).</summary>
    private const long MostPairs = 1 << 23;

    /// <summary>Boxes of a block at least, so that very many candidates do not end in very many blocks.</summary>
    private const long SmallestBlock = 64;

    /// <summary>Suppresses in one image.</summary>
    /// <param name="boxes">(M, 4), x0 y0 x1 y1, float32.</param>
    /// <param name="scores">(M,), float.</param>
    /// <param name="classes">(M,), int64; boxes of different classes do not suppress each other. Null: all are of one class.</param>
    /// <param name="threshold">IoU above which a box is suppressed, 0 to 1.</param>
    /// <returns>(R,), int64: places of the boxes kept, from the highest score down.</returns>
    public static Tensor Run(Tensor boxes, Tensor scores, Tensor? classes, double threshold)
    {
        if (IsOnCpu(boxes))
            return SuppressionByBlocks.Run(boxes, scores, classes, null, Below(threshold));
        using var scope = NewDisposeScope();
        var (order, kept) = Solve(boxes.unsqueeze(0), scores.unsqueeze(0), classes?.unsqueeze(0), null, threshold);
        return order[0].masked_select(kept[0]).MoveToOuterDisposeScope();
    }

    /// <summary>Suppresses in each image of a batch by itself, all with the same number of candidates.</summary>
    /// <param name="boxes">(N, M, 4), x0 y0 x1 y1, float32.</param>
    /// <param name="scores">(N, M), float.</param>
    /// <param name="classes">(N, M), int64; boxes of different classes do not suppress each other. Null: all are of one class.</param>
    /// <param name="candidates">(N, M), bool: the boxes that there are; the others are not kept and suppress nothing. Null: all.</param>
    /// <param name="threshold">IoU above which a box is suppressed, 0 to 1.</param>
    /// <returns>(N, M), bool: which boxes are kept.</returns>
    public static Tensor Keep(Tensor boxes, Tensor scores, Tensor? classes, Tensor? candidates, double threshold)
    {
        using var scope = NewDisposeScope();
        if (IsOnCpu(boxes))
        {
            var mask = zeros(boxes.size(0), boxes.size(1), ScalarType.Bool);
            for (var n = 0L; n < boxes.size(0); n++)
                mask[n].index_fill_(0, SuppressionByBlocks.Run(boxes[n], scores[n], classes?[n], candidates?[n], Below(threshold)), true);
            return mask.MoveToOuterDisposeScope();
        }
        var (order, kept) = Solve(boxes, scores, classes, candidates, threshold);
        return zeros_like(kept).scatter_(1, order, kept).MoveToOuterDisposeScope();
    }

    private static bool IsOnCpu(Tensor boxes) => boxes.device.type == TorchSharp.DeviceType.CPU;

    /// <returns>(N, M) int64: the boxes by descending score; (N, M) bool: whether the box at that place of the order is kept.</returns>
    internal static (Tensor Order, Tensor Kept) Solve(Tensor boxes, Tensor scores, Tensor? classes, Tensor? candidates, double threshold)
    {
        using var frozen = no_grad();
        var (images, count) = (boxes.size(0), boxes.size(1));
        var order = scores.detach().sort(-1, descending: true, stable: true).Indices;               // (N, M)
        if (images == 0 || count == 0)
            return (order, zeros(images, count, ScalarType.Bool, boxes.device));
        boxes = boxes.detach().gather(1, order.unsqueeze(-1).expand(images, count, 4));             // (N, M, 4)
        classes = classes?.gather(1, order);
        // 1 for a box that is not suppressed yet: float, because counting suppressors is then a product of matrices.
        var alive = candidates is null ? ones(images, count, device: boxes.device) : candidates.gather(1, order).to(ScalarType.Float32);
        var limit = Below(threshold);
        var block = Math.Clamp(MostPairs / (images * count), Math.Min(SmallestBlock, count), count);
        for (var start = 0L; start < count; start += block)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(block, count - start);
            var suppresses = Suppresses(boxes, classes, start, length, limit);                      // (N, length, M - start)
            var open = alive.narrow(1, start, length);
            var settled = Settle(suppresses.narrow(2, 0, length).triu(1), open);                    // (N, 1, length)
            open.copy_(settled.squeeze(1));
            if (start + length == count)
                break;
            var rest = count - start - length;
            alive.narrow(1, start + length, rest).mul_(settled.matmul(suppresses.narrow(2, length, rest)).eq(0).squeeze(1));
        }
        return (order, alive.gt(0));
    }

    /// <returns>(N, length, M - start), float32: 1 where a box of the block would suppress a box from the block's first on, in either order.</returns>
    private static Tensor Suppresses(Tensor boxes, Tensor? classes, long start, long length, double limit)
    {
        var count = boxes.size(1) - start;
        var covers = Boxes.PairwiseIou(boxes.narrow(1, start, length), boxes.narrow(1, start, count)).gt(limit);
        if (classes is not null)
            covers = covers.logical_and_(classes.narrow(1, start, length).unsqueeze(2).eq(classes.narrow(1, start, count).unsqueeze(1)));
        return covers.to(ScalarType.Float32);
    }

    /// <param name="suppresses">(N, B, B), strictly upper triangular.</param>
    /// <param name="open">(N, B): 1 for boxes that no earlier block suppressed.</param>
    /// <returns>(N, 1, B): 1 for boxes that are kept.</returns>
    private static Tensor Settle(Tensor suppresses, Tensor open)
    {
        open = open.unsqueeze(1);                                                                   // (N, 1, B)
        var kept = open;
        while (true)
        {
            var next = open * kept.matmul(suppresses).eq(0);
            if (next.eq(kept).all().item<bool>())
                return next;
            kept = next;
        }
    }

    /// <summary>The largest float32 that is not above the threshold: an IoU (float32) is above the one exactly where it is above the other.</summary>
    private static double Below(double threshold)
    {
        var nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }
}
