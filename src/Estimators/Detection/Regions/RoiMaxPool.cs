using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>
/// RoI max pooling (Girshick, 2015, https://arxiv.org/abs/1504.08083): a region is rounded to whole positions and divided into size x size bins, also
/// rounded, outward; a bin's value is the largest of its positions, and 0 where the bin lies outside the map. The result and the gradient of
/// torchvision.ops.roi_pool.
/// </summary>
/// <remarks>
/// Where the largest value stands is found without gradients: every bin looks at its position (0, 0), then (0, 1) and so on up to the largest bin's last,
/// all bins of all regions at once; a smaller bin then looks again at positions it knows, which changes nothing. One gather of the places found
/// has the gradient, which goes to the first of equal maxima.
/// </remarks>
internal static class RoiMaxPool
{
    /// <param name="regions">R regions.</param>
    /// <param name="size">Bins a side.</param>
    /// <returns>(R, C, size, size), float32.</returns>
    public static Tensor Run(PooledRegions regions, int size)
    {
        using var scope = NewDisposeScope();
        var (count, channels) = (regions.First.size(0), regions.Rows.size(1));
        if (count == 0)
            return (regions.Rows.sum() * zeros(0, channels, size, size, device: regions.Rows.device)).MoveToOuterDisposeScope();
        Tensor place, filled;
        using (no_grad())
            (place, filled) = Largest(regions, size);                                           // (R·size·size, C), (R, size, size)
        var found = regions.Rows.gather(0, place);                                              // (R·size·size, C)
        found = found * filled.view(-1, 1).to(ScalarType.Float32);
        return found.view(count, size, size, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <returns>Rows of the table where the bins' maxima stand, (R·size·size, C) int64; whether a bin has positions at all, (R, size, size) bool.</returns>
    private static (Tensor Place, Tensor Filled) Largest(PooledRegions regions, int size)
    {
        using var scope = NewDisposeScope();
        var (top, bottom) = Bins(regions.Corners.select(1, 1), regions.Corners.select(1, 3), regions.Heights, size); // (R, size)
        var (left, right) = Bins(regions.Corners.select(1, 0), regions.Corners.select(1, 2), regions.Widths, size);
        var table = regions.Rows.detach();
        Tensor? best = null, place = null;
        for (var dy = 0L; dy < Math.Max(1, (bottom - top).max().item<long>()); dy++)
            for (var dx = 0L; dx < Math.Max(1, (right - left).max().item<long>()); dx++)
            {
                using var inner = NewDisposeScope();
                var y = Within(top + dy, bottom, regions.Heights).unsqueeze(2);
                var x = Within(left + dx, right, regions.Widths).unsqueeze(1);
                var at = (regions.First.view(-1, 1, 1) + y * regions.Widths.view(-1, 1, 1) + x).flatten(); // (R·size·size,)
                var value = table.index_select(0, at);                                          // (R·size·size, C)
                at = at.unsqueeze(1).expand(-1, value.size(1));
                if (best is null)
                {
                    (best, place) = (value.MoveToOuterDisposeScope(), at.contiguous().MoveToOuterDisposeScope());
                    continue;
                }
                var (lastBest, lastPlace) = (best, place!);
                var larger = value.gt(lastBest);
                best = where(larger, value, lastBest).MoveToOuterDisposeScope();
                place = where(larger, at, lastPlace).MoveToOuterDisposeScope();
                lastBest.Dispose();
                lastPlace.Dispose();
            }
        var filled = bottom.gt(top).unsqueeze(2).logical_and(right.gt(left).unsqueeze(1));
        return (place!.MoveToOuterDisposeScope(), filled.MoveToOuterDisposeScope());

        static Tensor Within(Tensor at, Tensor end, Tensor lengths) => at.minimum(end - 1).clamp_min(0).minimum((lengths - 1).unsqueeze(1));
    }

    /// <returns>First position of each bin and the one after its last, (R, size) int64, in [0, length].</returns>
    private static (Tensor Start, Tensor End) Bins(Tensor start, Tensor end, Tensor lengths, int size)
    {
        start = Round(start);
        // Its last position belongs to a region, and it has one at least.
        var side = (Round(end) - start + 1).clamp_min(1);                                       // (R,)
        var bin = (side / size).unsqueeze(1);
        var number = arange(size, device: side.device).to(ScalarType.Float32);
        var limit = lengths.unsqueeze(1);
        return (Limited((number * bin).floor()), Limited(((number + 1) * bin).ceil()));         // (R, size)

        Tensor Limited(Tensor edge) => (edge + start.unsqueeze(1)).nan_to_num(0, 0, 0).clamp(-1e6, 1e6).to(ScalarType.Int64).clamp_min(0).minimum(limit);
    }

    /// <summary>To the nearest, halves away from 0 as in C.</summary>
    private static Tensor Round(Tensor x)
    {
        var magnitude = x.abs();
        var below = magnitude.floor();
        return (below + (magnitude - below).ge(0.5).to(ScalarType.Float32)) * x.sign();
    }
}
