using static TorchSharp.torch;

namespace Fovea.Detection.Losses;

/// <summary>The cells of all grids of a YOLO, A in all, the finest grid first, each row by row.</summary>
/// <param name="Centers">(A, 2), float32: x and y of each cell's center, pixels.</param>
/// <param name="Strides">(A, 1), float32: its side, pixels.</param>
/// <param name="Grids">Rows, columns and side of each grid.</param>
/// <param name="Height">H of the images.</param>
/// <param name="Width">W of the images.</param>
internal sealed record YoloCells(Tensor Centers, Tensor Strides, IReadOnlyList<(long Rows, long Columns, long Stride)> Grids, long Height, long Width)
{
    /// <param name="sizes">Rows and columns of each grid.</param>
    /// <param name="images">(N, C, H, W).</param>
    public static YoloCells Of(IReadOnlyList<(long Rows, long Columns)> sizes, Tensor images)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (images.size(2), images.size(3));
        var grids = sizes.Select(s => (s.Rows, s.Columns, Stride: height / s.Rows)).ToList();
        var centers = new List<Tensor>();
        var strides = new List<Tensor>();
        foreach (var (rows, columns, stride) in grids)
        {
            var y = (arange(rows, ScalarType.Float32, images.device) + 0.5f) * stride;                 // (rows,)
            var x = (arange(columns, ScalarType.Float32, images.device) + 0.5f) * stride;              // (columns,)
            centers.Add(stack([x.unsqueeze(0).expand(rows, columns), y.unsqueeze(1).expand(rows, columns)], 2).view(-1, 2));
            strides.Add(full(rows * columns, 1, (float)stride, device: images.device));
        }
        return new(cat(centers).MoveToOuterDisposeScope(), cat(strides).MoveToOuterDisposeScope(), grids, height, width);
    }
}
