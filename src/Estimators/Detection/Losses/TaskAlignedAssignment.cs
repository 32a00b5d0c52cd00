using static TorchSharp.torch;

namespace Fovea.Detection.Losses;

/// <summary>
/// Which cells learn which objects (TOOD, Feng et al., 2021, https://arxiv.org/abs/2108.07755): of the cells whose center is in an object's box,
/// the ten with the largest t = s^α · u^β, where s is the cell's score for the object's class, u the IoU of its box with the object's, α 0.5 and
/// β 6 (YOLOv8's; TOOD's are 1 and 6). A cell wanted by several objects learns the one its box meets most.
/// </summary>
/// <param name="Boxes">(N, A, 4): the box each cell should give; anything where it has no object.</param>
/// <param name="Scores">(N, A, K): the score it should give: for the object's class t, scaled so that an object's largest is its largest IoU; else 0.</param>
/// <param name="HasObject">(N, A), bool.</param>
internal sealed record TaskAlignedAssignment(Tensor Boxes, Tensor Scores, Tensor HasObject)
{
    private const int CellsOfAnObject = 10;
    private const double Alpha = 0.5;
    private const double Beta = 6;

    /// <summary>Pairs of objects and cells compared at once: 16 Mi are 64 MiB a tensor, of which some ten live at a time.</summary>
    private const long MostPairs = 1 << 24;

    /// <param name="output">What the network says; no gradient flows from here.</param>
    /// <param name="targets">The objects.</param>
    public static TaskAlignedAssignment Of(YoloOutput output, DetectionTargets targets)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var scores = output.Classes.sigmoid();                                                          // (N, A, K)
        var (images, objects) = (targets.Boxes.size(0), targets.Boxes.size(1));
        var chunk = Math.Clamp(MostPairs / (objects * scores.size(1)), 1, images);
        var parts = new List<TaskAlignedAssignment>();
        for (var first = 0L; first < images; first += chunk)
        {
            var count = Math.Min(chunk, images - first);
            parts.Add(Assign(output.Boxes.narrow(0, first, count), scores.narrow(0, first, count), output.Cells,
                new(targets.Boxes.narrow(0, first, count), targets.Labels.narrow(0, first, count), targets.Exist.narrow(0, first, count))));
        }
        return new(Joined(p => p.Boxes), Joined(p => p.Scores), Joined(p => p.HasObject));

        Tensor Joined(Func<TaskAlignedAssignment, Tensor> part) => (parts.Count == 1 ? part(parts[0]) : cat([.. parts.Select(part)])).MoveToOuterDisposeScope();
    }

    private static TaskAlignedAssignment Assign(Tensor boxes, Tensor scores, YoloCells cells, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        var (images, count, classes) = (scores.size(0), scores.size(1), scores.size(2));
        var objects = targets.Boxes.size(1);
        var inside = Inside(cells, targets.Boxes).logical_and_(targets.Exist.unsqueeze(2));              // (N, G, A)
        var overlap = Detection.Boxes.PairwiseIou(targets.Boxes, boxes);                                // (N, G, A)
        var score = scores.transpose(1, 2).gather(1, targets.Labels.unsqueeze(2).expand(images, objects, count));
        var aligned = score.pow(Alpha).mul_(overlap.pow(Beta)).masked_fill_(inside.logical_not(), 0);   // (N, G, A)

        var (best, places) = aligned.topk((int)Math.Min(CellsOfAnObject, count), 2);                    // (N, G, 10)
        var wanted = zeros_like(inside).scatter_(2, places, best.gt(0));                                // (N, G, A)
        var chosen = overlap.masked_fill(wanted.logical_not(), -1).argmax(1, keepdim: true);            // (N, 1, A)
        var has = wanted.any(1);                                                                        // (N, A)
        var given = zeros_like(wanted).scatter_(1, chosen, has.unsqueeze(1));                           // (N, G, A)

        // Of each object, over the cells that learn it; a cell then looks up its own object's.
        var largest = aligned.masked_fill(given.logical_not(), 0).amax([2], keepdim: true).expand_as(aligned).gather(1, chosen);
        var nearest = overlap.masked_fill(given.logical_not(), 0).amax([2], keepdim: true).expand_as(overlap).gather(1, chosen);
        var share = aligned.gather(1, chosen) / largest.clamp_min(1e-12f) * nearest;                    // (N, 1, A)
        share = share.squeeze(1).masked_fill_(has.logical_not(), 0).unsqueeze(2);                       // (N, A, 1)
        var mine = chosen.squeeze(1);                                                                   // (N, A)
        var labels = targets.Labels.gather(1, mine).unsqueeze(2);                                       // (N, A, 1)
        var wantedScores = zeros(images, count, classes, device: share.device).scatter_(2, labels, share);
        var wantedBoxes = targets.Boxes.gather(1, mine.unsqueeze(2).expand(images, count, 4));          // (N, A, 4)
        return new(wantedBoxes.MoveToOuterDisposeScope(), wantedScores.MoveToOuterDisposeScope(), has.MoveToOuterDisposeScope());
    }

    /// <summary>Whether a cell's center lies in an object's box. A box narrower than the finest cells is taken to be as wide as one, or it might hold no center.</summary>
    /// <returns>(N, G, A), bool.</returns>
    private static Tensor Inside(YoloCells cells, Tensor boxes)
    {
        var least = cells.Grids.Min(g => g.Stride);
        var (start, end) = (boxes.narrow(2, 0, 2), boxes.narrow(2, 2, 2));
        var middle = (start + end) / 2;
        var half = ((end - start) / 2).clamp_min(least / 2f);
        var (from, to) = ((middle - half).unsqueeze(3), (middle + half).unsqueeze(3));                  // (N, G, 2, 1)
        var (x, y) = (cells.Centers.select(1, 0), cells.Centers.select(1, 1));                          // (A,)
        return x.gt(from.select(2, 0)).logical_and_(x.lt(to.select(2, 0)))
            .logical_and_(y.gt(from.select(2, 1))).logical_and_(y.lt(to.select(2, 1)));
    }
}
