using Fovea.Detection.Proposals;
using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>The regions of a batch that the head learns from.</summary>
/// <param name="Boxes">(S, 4), float32.</param>
/// <param name="Images">(S,), int64, in [0, N).</param>
/// <param name="Labels">(S,), int64: 0 background, 1 + class otherwise; those of objects first.</param>
/// <param name="Codes">(S', 4), float32: how the objects' boxes differ from the first S' regions.</param>
internal sealed record RegionTargets(Tensor Boxes, Tensor Images, Tensor Labels, Tensor Codes)
{
    /// <summary>Of the regions drawn, at most so many belong to an object (Girshick, 2015, section 2.3).</summary>
    private const double ObjectShare = 0.25;

    /// <summary>Fast R-CNN's bounds without its lower one for the background, 0.1, as in Detectron and torchvision.</summary>
    private static readonly BoxMatcher Matcher = new(0.5, 0.5, everyObject: false);

    /// <param name="proposals">Where objects may be; the objects themselves are added.</param>
    /// <param name="targets">The objects.</param>
    /// <param name="perImage">Regions of an image at most.</param>
    /// <param name="coder">Makes the codes.</param>
    public static RegionTargets Draw(ProposalBatch proposals, DetectionTargets targets, int perImage, BoxCoder coder)
    {
        using var frozen = no_grad();
        proposals = proposals.With(targets);
        var (count, objects) = (proposals.Boxes.size(1), targets.Boxes.size(1));
        var match = Matcher.Match(proposals.Boxes, targets);                                                    // (N, P)
        var sample = BalancedSample.Draw(match.ge(0).logical_and(proposals.Exist), match.eq(BoxMatcher.Background).logical_and(proposals.Exist), perImage, ObjectShare);
        var boxes = proposals.Boxes.view(-1, 4).index_select(0, sample.All);                                    // (S, 4)
        var images = sample.All.div(count, RoundingMode.floor);                                      // (S,)
        var matched = sample.Objects.size(0);
        var place = match.flatten().index_select(0, sample.Objects) + images.narrow(0, 0, matched) * objects;   // (S',)
        var labels = cat([targets.Labels.flatten().index_select(0, place) + 1, zeros_like(sample.Background)]);
        return new(boxes, images, labels, coder.Encode(targets.Boxes.view(-1, 4).index_select(0, place), boxes.narrow(0, 0, matched)));
    }

    /// <summary>
    /// Cross-entropy of the classes, and smooth L1 (beta 1/9) of the codes that regions of objects have for their own class, both as means over the
    /// regions: Fast R-CNN's multi-task loss, its beta of 1 replaced by torchvision's.
    /// </summary>
    /// <param name="logits">(S, 1 + K), the background first.</param>
    /// <param name="codes">(S, 1 + K, 4).</param>
    /// <returns>Class and box, (), float32.</returns>
    public (Tensor Class, Tensor Box) Losses(Tensor logits, Tensor codes)
    {
        using var scope = NewDisposeScope();
        var count = Math.Max(1, Labels.size(0));
        var classification = nn.functional.cross_entropy(logits, Labels, reduction: nn.Reduction.Sum) / count;
        var matched = Codes.size(0);
        var own = arange(matched, device: Labels.device) * logits.size(1) + Labels.narrow(0, 0, matched);       // (S',)
        var box = nn.functional.smooth_l1_loss(codes.view(-1, 4).index_select(0, own), Codes, nn.Reduction.Sum, beta: 1.0 / 9) / count;
        return (classification.MoveToOuterDisposeScope(), box.MoveToOuterDisposeScope());
    }
}
