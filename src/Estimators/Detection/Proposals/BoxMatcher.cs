using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>Which object a box belongs to, by IoU (Ren et al., 2015, section 3.1.2).</summary>
/// <param name="high">From this IoU on a box belongs to the object it covers best.</param>
/// <param name="low">Below this IoU it is background; between the two it is neither.</param>
/// <param name="everyObject">The boxes that cover an object better than all others do belong to an object too, however low their IoU, unless it is 0.</param>
internal sealed class BoxMatcher(double high, double low, bool everyObject)
{
    /// <summary>A box of no object.</summary>
    public const long Background = -1;

    /// <summary>A box that is not trained on.</summary>
    public const long Neither = -2;

    /// <summary>Pairs of boxes and objects looked at together (32 MiB in float32, of which a handful are alive at a time).</summary>
    private const long MostPairs = 1 << 23;

    /// <param name="boxes">(N, P, 4), or (1, P, 4) where all images have the same.</param>
    /// <param name="targets">The objects, G for each of N images.</param>
    /// <returns>(N, P), int64: place of the object in [0, G), <see cref="Background"/> or <see cref="Neither"/>.</returns>
    public Tensor Match(Tensor boxes, DetectionTargets targets)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (images, objects, count) = (targets.Boxes.size(0), targets.Boxes.size(1), boxes.size(1));
        var part = Math.Max(1, MostPairs / (images * objects));
        var places = new List<Tensor>();
        var values = new List<Tensor>();
        Tensor? best = null;
        for (var start = 0L; start < count; start += part)
        {
            using var inner = NewDisposeScope();
            var overlaps = Overlaps(start);                                                     // (N, part, G)
            var (value, place) = overlaps.max(2);                                               // (N, part)
            var highest = overlaps.amax([1L]);                                                  // (N, G)
            values.Add(value.MoveToOuterDisposeScope());
            places.Add(place.MoveToOuterDisposeScope());
            best = (best is null ? highest : best.maximum(highest)).MoveToOuterDisposeScope();
        }
        if (best is null)
            return zeros(images, 0, ScalarType.Int64, boxes.device).MoveToOuterDisposeScope();
        var nearest = cat(places, 1);                                                           // (N, P)
        var overlap = cat(values, 1);
        var belongs = overlap.ge(high);
        if (everyObject)
        {
            // What fills up and what no box touches must not claim every box whose IoU is 0 as well.
            var claim = best.masked_fill(best.le(0), 2).unsqueeze(1);                           // (N, 1, G)
            var claimed = new List<Tensor>();
            for (var start = 0L; start < count; start += part)
            {
                using var inner = NewDisposeScope();
                claimed.Add(Overlaps(start).eq(claim).any(2).MoveToOuterDisposeScope());
            }
            belongs = belongs.logical_or(cat(claimed, 1));
        }
        // NaN, of a box that is not finite, is not below the bound either.
        var unmatched = full_like(nearest, Neither).masked_fill_(overlap.lt(low), Background);
        return where(belongs, nearest, unmatched).MoveToOuterDisposeScope();

        Tensor Overlaps(long start) =>
            Boxes.PairwiseIou(boxes.narrow(1, start, Math.Min(part, count - start)), targets.Boxes).masked_fill_(targets.Exist.logical_not().unsqueeze(1), 0);
    }
}
