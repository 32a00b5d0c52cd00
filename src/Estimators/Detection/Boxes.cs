using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>
/// Arithmetic of boxes on tensors, with gradients. A box is x0, y0, x1, y1 in the last dimension, float32, half-open, with
/// x0 &lt;= x1 and y0 &lt;= y1 (<see cref="IsValid"/>); what stands before it are dimensions of a batch, which broadcast. All of it
/// runs on the tensors' device. The scores are what is to be made large; their losses are 1 minus them.
/// </summary>
internal static class Boxes
{
    /// <summary>
    /// Keeps quotients finite where two boxes without area meet: 0 / 1e-12 is 0. Its square is still a number of float32, so that
    /// the gradient is one too.
    /// </summary>
    private const double Tiny = 1e-12;

    /// <summary>(x1 - x0) * (y1 - y0).</summary>
    /// <param name="boxes">(..., 4).</param>
    /// <returns>(...).</returns>
    public static Tensor Area(Tensor boxes)
    {
        var side = Ends(boxes) - Starts(boxes);                                                     // (..., 2)
        return side.select(-1, 0) * side.select(-1, 1);
    }

    /// <summary>Intersection over union of boxes side by side, 0 to 1; 0 for two without area.</summary>
    /// <param name="a">(..., 4).</param>
    /// <param name="b">(..., 4), broadcast with <paramref name="a"/>.</param>
    /// <returns>(...).</returns>
    public static Tensor Iou(Tensor a, Tensor b)
    {
        var (intersection, union) = Overlap(a, b);
        return intersection / union;
    }

    /// <summary>Intersection over union of every box with every other.</summary>
    /// <param name="a">(..., N, 4).</param>
    /// <param name="b">(..., M, 4).</param>
    /// <returns>(..., N, M).</returns>
    public static Tensor PairwiseIou(Tensor a, Tensor b) => Iou(a.unsqueeze(-2), b.unsqueeze(-3));

    /// <summary>
    /// Generalized IoU of boxes side by side, -1 to 1: IoU less the share of the smallest box around both that neither covers
    /// (Rezatofighi et al., 2019, https://arxiv.org/abs/1902.09630). It has a gradient where boxes do not meet.
    /// </summary>
    /// <inheritdoc cref="Iou"/>
    public static Tensor GeneralizedIou(Tensor a, Tensor b)
    {
        var (intersection, union) = Overlap(a, b);
        var hull = Hull(a, b);                                                                      // (..., 2)
        var around = (hull.select(-1, 0) * hull.select(-1, 1)).clamp_min(Tiny);
        return intersection / union - (around - union) / around;
    }

    /// <summary>Generalized IoU of every box with every other, as <see cref="PairwiseIou"/>.</summary>
    public static Tensor PairwiseGeneralizedIou(Tensor a, Tensor b) => GeneralizedIou(a.unsqueeze(-2), b.unsqueeze(-3));

    /// <summary>
    /// Complete IoU of boxes side by side, at most 1: IoU less the squared distance of the centers as a part of the squared
    /// diagonal around both, less a penalty for another aspect ratio (Zheng et al., 2020, https://arxiv.org/abs/1911.08287).
    /// The penalty's weight is taken as a constant by the gradient, as the authors' code does.
    /// </summary>
    /// <inheritdoc cref="Iou"/>
    public static Tensor CompleteIou(Tensor a, Tensor b)
    {
        var iou = Iou(a, b);
        var diagonal = Hull(a, b).square().sum(-1).clamp_min(Tiny);
        var distance = ((Starts(a) + Ends(a) - Starts(b) - Ends(b)) / 2).square().sum(-1);
        // By two arguments: a box without height has an angle and a gradient too.
        var aspect = (4 / (Math.PI * Math.PI)) * (Angle(b) - Angle(a)).square();
        using var weight = Weight(iou, aspect);
        return iou - distance / diagonal - weight * aspect;
    }

    /// <summary>Complete IoU of every box with every other, as <see cref="PairwiseIou"/>.</summary>
    public static Tensor PairwiseCompleteIou(Tensor a, Tensor b) => CompleteIou(a.unsqueeze(-2), b.unsqueeze(-3));

    /// <summary>Boxes as center x, center y, width, height.</summary>
    /// <param name="boxes">(..., 4).</param>
    /// <returns>(..., 4).</returns>
    public static Tensor ToCenter(Tensor boxes)
    {
        var (start, end) = (Starts(boxes), Ends(boxes));
        return cat([(start + end) / 2, end - start], -1);
    }

    /// <summary>Boxes of center x, center y, width, height.</summary>
    /// <param name="centers">(..., 4).</param>
    /// <returns>(..., 4): x0, y0, x1, y1.</returns>
    public static Tensor FromCenter(Tensor centers)
    {
        var (middle, half) = (Starts(centers), Ends(centers) / 2);
        return cat([middle - half, middle + half], -1);
    }

    /// <summary>Boxes cut off at the edges of an image. One outside becomes one without area at the edge.</summary>
    /// <param name="boxes">(..., 4).</param>
    /// <param name="width">Of the image, in the boxes' unit.</param>
    /// <param name="height">Of the image.</param>
    /// <returns>(..., 4).</returns>
    public static Tensor Clip(Tensor boxes, double width, double height)
    {
        var corners = boxes.unbind(-1);
        return stack([corners[0].clamp(0, width), corners[1].clamp(0, height), corners[2].clamp(0, width), corners[3].clamp(0, height)], -1);
    }

    /// <summary>Boxes cut off at the edges of their images, whose sizes differ.</summary>
    /// <param name="boxes">(..., 4).</param>
    /// <param name="sizes">(..., 2), width and height of each box's image, broadcast with <paramref name="boxes"/>.</param>
    /// <returns>(..., 4).</returns>
    public static Tensor Clip(Tensor boxes, Tensor sizes) => boxes.clamp_min(0).minimum(cat([sizes, sizes], -1));

    /// <summary>Which boxes are finite, not inside out and of some size.</summary>
    /// <param name="boxes">(..., 4).</param>
    /// <param name="smallest">Both sides must be above it.</param>
    /// <returns>(...), bool.</returns>
    public static Tensor IsValid(Tensor boxes, double smallest = 0)
    {
        // Infinite corners subtract to infinity or NaN, which the difference alone would let pass.
        var large = (Ends(boxes) - Starts(boxes)).gt(smallest).all(-1);
        return boxes.isfinite().all(-1).logical_and(large);
    }

    /// <returns>(..., 2): x0, y0.</returns>
    private static Tensor Starts(Tensor boxes) => boxes.narrow(-1, 0, 2);

    /// <returns>(..., 2): x1, y1.</returns>
    private static Tensor Ends(Tensor boxes) => boxes.narrow(-1, 2, 2);

    private static (Tensor Intersection, Tensor Union) Overlap(Tensor a, Tensor b)
    {
        var shared = (Ends(a).minimum(Ends(b)) - Starts(a).maximum(Starts(b))).clamp_min(0);         // (..., 2)
        var intersection = shared.select(-1, 0) * shared.select(-1, 1);
        return (intersection, (Area(a) + Area(b) - intersection).clamp_min(Tiny));
    }

    /// <returns>(..., 2): width and height of the smallest box around both.</returns>
    private static Tensor Hull(Tensor a, Tensor b) => Ends(a).maximum(Ends(b)) - Starts(a).minimum(Starts(b));

    private static Tensor Angle(Tensor boxes)
    {
        var side = Ends(boxes) - Starts(boxes);
        // The angle of nothing is 0, with a finite gradient.
        return side.select(-1, 0).atan2(side.select(-1, 1) + side.eq(0).all(-1));
    }

    private static Tensor Weight(Tensor iou, Tensor aspect)
    {
        using var frozen = no_grad();
        // 1 - IoU + aspect is 0 for equal boxes only, whose aspect is 0.
        return aspect / (1 - iou + aspect).clamp_min(Tiny);
    }
}
