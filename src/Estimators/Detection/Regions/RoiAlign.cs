using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>
/// RoIAlign (He et al., 2017, https://arxiv.org/abs/1703.06870): a region is divided into size x size bins, and a bin's value is the mean of
/// the map at regularly spaced points within it, each interpolated bilinearly between the four positions around it. The result and the gradient of
/// torchvision.ops.roi_align: between 1 position outside the map and its edge the edge's value holds, further out 0.
/// </summary>
/// <remarks>
/// A bin's value is a weighted sum of 4 · n² rows of the table of positions, n points a side. Each of the 4 · n² terms is gathered for all bins of all
/// regions at once, so nothing larger than the result is alive.
/// </remarks>
internal static class RoiAlign
{
    /// <param name="regions">R regions.</param>
    /// <param name="size">Bins a side.</param>
    /// <param name="points">n, points a side and bin; 0: as many as a bin has positions, rounded up, for each region by itself.</param>
    /// <param name="aligned">A position's value stands at its middle, half a position from its corner. False: at the corner, and regions are at least 1 position large, as in Faster R-CNN's code of old and torchvision's weights.</param>
    /// <returns>(R, C, size, size), float32.</returns>
    public static Tensor Run(PooledRegions regions, int size, int points, bool aligned)
    {
        using var scope = NewDisposeScope();
        var rows = Terms(regions.Corners.select(1, 1), regions.Corners.select(1, 3), regions.Heights, size, points, aligned);
        var columns = Terms(regions.Corners.select(1, 0), regions.Corners.select(1, 2), regions.Widths, size, points, aligned);
        var pitch = regions.Widths.view(-1, 1, 1);
        var first = regions.First.view(-1, 1, 1);
        Tensor? sum = null;
        foreach (var (y, byY) in rows)
            foreach (var (x, byX) in columns)
            {
                using var inner = NewDisposeScope();
                var place = (first + y.unsqueeze(2) * pitch + x.unsqueeze(1)).flatten();                        // (R·size·size,)
                var weight = (byY.unsqueeze(2) * byX.unsqueeze(1)).view(-1, 1);
                // Its gradient adds up row after row; that of an index adds as threads come, and never twice the same.
                var term = regions.Rows.index_select(0, place) * weight;                                        // (R·size·size, C)
                var last = sum;
                sum = (last is null ? term : last + term).MoveToOuterDisposeScope();
                last?.Dispose();
            }
        var (count, channels) = (regions.First.size(0), regions.Rows.size(1));
        return sum!.view(count, size, size, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Along one axis: the positions that a bin's points lie between, and their weights; 2 for each point.</summary>
    /// <returns>Of each term (R, size) int64, in [0, length), and (R, size) float32.</returns>
    private static List<(Tensor Position, Tensor Weight)> Terms(Tensor start, Tensor end, Tensor lengths, int size, int points, bool aligned)
    {
        var shift = aligned ? 0.5 : 0;
        start = start - shift;                                                                  // (R,)
        var side = end - shift - start;
        if (!aligned)
            side = side.clamp_min(1);
        // Of an adaptive grid a region takes its own first points; those of larger regions weigh nothing for it.
        var own = points > 0 ? full_like(side, points) : side.div(size).ceil();                 // (R,)
        var most = points > 0 ? points : side.size(0) == 0 ? 1 : Math.Max(1, (int)own.max().item<float>());
        var bin = (side / size).unsqueeze(1);                                                   // (R, 1)
        var corner = start.unsqueeze(1) + arange(size, device: side.device).to(ScalarType.Float32) * bin; // (R, size)
        var last = (lengths - 1).unsqueeze(1);                                                  // (R, 1)
        var divisor = own.clamp_min(1).unsqueeze(1);
        var terms = new List<(Tensor, Tensor)>();
        for (var i = 0; i < most; i++)
        {
            var at = corner + (i + 0.5) * bin / divisor;                                        // (R, size)
            var counts = at.ge(-1).logical_and(at.le(lengths.unsqueeze(1))).logical_and(own.gt(i).unsqueeze(1));
            at = at.clamp_min(0);
            // A place beyond the last position, or no number at all, must not become an index.
            var low = at.nan_to_num(0, 0, 0).clamp_max(1e6).to(ScalarType.Int64).minimum(last);
            var fraction = (at - low.to(ScalarType.Float32)).masked_fill(low.ge(last), 0);
            var part = counts.to(ScalarType.Float32) / divisor;
            terms.Add((low, (1 - fraction) * part));
            terms.Add(((low + 1).minimum(last), fraction * part));
        }
        return terms;
    }
}
