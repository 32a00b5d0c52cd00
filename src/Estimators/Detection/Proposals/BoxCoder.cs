using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>
/// A box told by how it differs from another: with centers (x, y), (x_a, y_a) and sides (w, h), (w_a, h_a) the code is
/// t_x = s_c (x - x_a) / w_a, t_y = s_c (y - y_a) / h_a, t_w = s_s log(w / w_a), t_h = s_s log(h / h_a)
/// (Girshick et al., 2013, https://arxiv.org/abs/1311.2524). The scales s bring the codes of matched boxes to a variance near 1.
/// </summary>
/// <param name="centerScale">s_c: 1 for proposals, 10 for regions.</param>
/// <param name="sideScale">s_s: 1 for proposals, 5 for regions.</param>
internal sealed class BoxCoder(double centerScale, double sideScale)
{
    /// <summary>A side grows to 1000 / 16 of itself at most, torchvision's and Detectron's bound: its exponential stays finite.</summary>
    private static readonly double LargestLog = Math.Log(1000.0 / 16);

    /// <param name="boxes">(..., 4), of some area.</param>
    /// <param name="anchors">(..., 4), of some area; broadcast.</param>
    /// <returns>(..., 4): t_x t_y t_w t_h.</returns>
    public Tensor Encode(Tensor boxes, Tensor anchors)
    {
        using var scope = NewDisposeScope();
        var (middle, side) = MiddleAndSide(boxes);
        var (anchorMiddle, anchorSide) = MiddleAndSide(anchors);
        return cat([centerScale * (middle - anchorMiddle) / anchorSide, sideScale * (side / anchorSide).log()], -1).MoveToOuterDisposeScope();
    }

    /// <param name="codes">(..., 4), float32.</param>
    /// <param name="anchors">(..., 4); broadcast.</param>
    /// <returns>(..., 4): x0 y0 x1 y1.</returns>
    public Tensor Decode(Tensor codes, Tensor anchors)
    {
        using var scope = NewDisposeScope();
        var (anchorMiddle, anchorSide) = MiddleAndSide(anchors);
        var middle = codes.narrow(-1, 0, 2) / centerScale * anchorSide + anchorMiddle;                  // (..., 2)
        var half = 0.5 * ((codes.narrow(-1, 2, 2) / sideScale).clamp_max(LargestLog).exp() * anchorSide); // (..., 2)
        return cat([middle - half, middle + half], -1).MoveToOuterDisposeScope();
    }

    private static (Tensor Middle, Tensor Side) MiddleAndSide(Tensor boxes)
    {
        var start = boxes.narrow(-1, 0, 2);
        var side = boxes.narrow(-1, 2, 2) - start;
        return (start + 0.5 * side, side);
    }
}
