using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>
/// Anchors: at every position of every map the same few boxes, of several sizes and aspect ratios. Rounded to whole pixels and centered on
/// the position's upper left corner as torchvision's, where the paper's (Ren et al., 2015, https://arxiv.org/abs/1506.01497) are centered
/// on its middle.
/// </summary>
/// <param name="sizes">For each map, finest first, square roots of the anchors' areas, pixels; the same number for each map.</param>
/// <param name="ratios">Height by width.</param>
internal sealed class AnchorGrid(IReadOnlyList<IReadOnlyList<double>> sizes, IReadOnlyList<double> ratios)
{
    /// <summary>A, anchors at each position.</summary>
    public int PerPosition => sizes[0].Count * ratios.Count;

    /// <summary>
    /// The anchors of maps, those of the first map first, then row by row, then by ratio, then by size. A map's stride is the whole quotient of
    /// the image's size and its own, as torchvision's.
    /// </summary>
    /// <param name="maps">(N, C, H', W') each.</param>
    /// <param name="height">Of the images, pixels.</param>
    /// <param name="width">Of the images, pixels.</param>
    /// <returns>For each map (H' · W' · A, 4), float32: x0 y0 x1 y1 in pixels; they may reach beyond the image.</returns>
    public IReadOnlyList<Tensor> Of(IReadOnlyList<Tensor> maps, long height, long width)
    {
        if (maps.Count != sizes.Count)
            throw new ArgumentException($"There are anchors for {sizes.Count} maps; got {maps.Count}.", nameof(maps));
        return [.. maps.Select((map, level) => Of(level, map.size(2), map.size(3), height, width, map.device))];
    }

    private Tensor Of(int level, long rows, long columns, long height, long width, Device device)
    {
        using var scope = NewDisposeScope();
        var cell = tensor(Cell(level), [1, PerPosition, 4], device: device);
        var y = (arange(rows, device: device) * (height / rows)).to(ScalarType.Float32).view(-1, 1).expand(rows, columns).reshape(-1);   // (H'·W',)
        var x = (arange(columns, device: device) * (width / columns)).to(ScalarType.Float32).view(1, -1).expand(rows, columns).reshape(-1);
        return (stack([x, y, x, y], 1).unsqueeze(1) + cell).view(-1, 4).MoveToOuterDisposeScope();                                       // (H'·W'·A, 4)
    }

    /// <returns>A · 4 numbers: the boxes around 0. Half a pixel goes to the even neighbor, as in PyTorch.</returns>
    private float[] Cell(int level)
    {
        var corners = new List<float>();
        foreach (var ratio in ratios)
        {
            var tall = MathF.Sqrt((float)ratio);
            var wide = 1 / tall;
            foreach (var size in sizes[level])
            {
                var (x, y) = (MathF.Round(wide * (float)size / 2), MathF.Round(tall * (float)size / 2));
                corners.AddRange([-x, -y, x, y]);
            }
        }
        return [.. corners];
    }
}
