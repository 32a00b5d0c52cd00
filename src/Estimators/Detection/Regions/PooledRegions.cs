using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>
/// Regions of images and the map each is cut from: the maps' positions stand in one table below each other, so that regions
/// of all maps and images are pooled at once.
/// </summary>
internal sealed class PooledRegions
{
    private PooledRegions(Tensor rows, Tensor corners, Tensor first, Tensor heights, Tensor widths) =>
        (Rows, Corners, First, Heights, Widths) = (rows, corners, first, heights, widths);

    /// <summary>(L, C), float32: the maps' values, map by map, image by image, row by row. With gradients.</summary>
    public Tensor Rows { get; }

    /// <summary>(R, 4), float32: x0 y0 x1 y1 of each region in positions of its map.</summary>
    public Tensor Corners { get; }

    /// <summary>(R,), int64: place in the table of the upper left position of the region's map and image.</summary>
    public Tensor First { get; }

    /// <summary>(R,), int64: H' of the region's map.</summary>
    public Tensor Heights { get; }

    /// <summary>(R,), int64: W' of the region's map.</summary>
    public Tensor Widths { get; }

    /// <param name="maps">(N, C, H', W') each.</param>
    /// <param name="scales">Of each map, its positions by a pixel of the image.</param>
    /// <param name="boxes">(R, 4), float32, in pixels of the images.</param>
    /// <param name="images">(R,), int64, in [0, N).</param>
    /// <param name="levels">(R,), int64: which map.</param>
    public static PooledRegions Of(IReadOnlyList<Tensor> maps, IReadOnlyList<double> scales, Tensor boxes, Tensor images, Tensor levels)
    {
        // In float32 also where the maps came out of autocast: sums of many bfloat16 lose too much, in the gradient above all.
        var flat = maps.Select(map => map.permute(0, 2, 3, 1).reshape(-1, map.size(1)).to(ScalarType.Float32)).ToArray();
        var before = new long[maps.Count];
        for (var i = 1; i < before.Length; i++)
            before[i] = before[i - 1] + flat[i - 1].size(0);
        var (heights, widths) = (Pick([.. maps.Select(m => m.size(2))]), Pick([.. maps.Select(m => m.size(3))]));
        var first = Pick(before) + images * heights * widths;
        var scale = tensor(scales.Select(s => (float)s).ToArray(), device: boxes.device).index_select(0, levels).unsqueeze(1);
        return new(flat.Length == 1 ? flat[0] : cat(flat, 0), boxes.detach() * scale, first, heights, widths);

        Tensor Pick(long[] byLevel) => tensor(byLevel, device: boxes.device).index_select(0, levels);
    }
}
