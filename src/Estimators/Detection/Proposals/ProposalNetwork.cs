using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>
/// Region proposal network (Ren et al., 2015, https://arxiv.org/abs/1506.01497): says for every anchor whether there is an object
/// and how its box differs from the anchor. On several maps, each with anchors of one size, as in feature pyramid networks (Lin et al., 2016,
/// https://arxiv.org/abs/1612.03144), or on one. Keys as torchvision's. Unlike the paper's, anchors across the image's edge are
/// trained on, and the two classes of an anchor are one logit.
/// </summary>
internal sealed class ProposalNetwork : nn.Module
{
    /// <summary>Sides of a proposal in pixels, at least; torchvision's number.</summary>
    private const double SmallestSide = 1e-3;

    private const double ObjectShare = 0.5;

    private readonly ProposalHead head;
    private readonly AnchorGrid _anchors;
    private readonly FasterRcnnOptions _options;
    private readonly BoxCoder _coder = new(1, 1);
    private readonly BoxMatcher _matcher = new(0.7, 0.3, everyObject: true);

    /// <param name="channels">C of the maps.</param>
    /// <param name="anchors">Of each map.</param>
    /// <param name="options">How many proposals, and how many anchors to learn from.</param>
    public ProposalNetwork(long channels, AnchorGrid anchors, FasterRcnnOptions options)
        : base(nameof(ProposalNetwork))
    {
        head = new(channels, anchors.PerPosition);
        (_anchors, _options) = (anchors, options);
        RegisterComponents();
    }

    /// <summary>What the network says about the anchors.</summary>
    /// <param name="maps">(N, C, H', W') each, finest first.</param>
    /// <param name="height">Of the images, pixels.</param>
    /// <param name="width">Of the images, pixels.</param>
    public AnchorOutput Run(IReadOnlyList<Tensor> maps, long height, long width)
    {
        var said = maps.Select(head.call).ToArray();
        var anchors = _anchors.Of(maps, height, width);
        return new(cat([.. said.Select(s => s.Objectness)], 1), cat([.. said.Select(s => s.Codes)], 1), cat([.. anchors], 0),
            [.. anchors.Select(a => a.size(0))], height, width);
    }

    /// <summary>
    /// Of each map the anchors of the highest objectness, moved as their codes say and cut off at the image's edges; then non-maximum
    /// suppression map by map, and the best of all maps. Without gradients: the proposals' places are constants to what comes after.
    /// </summary>
    public ProposalBatch Propose(AnchorOutput output)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (boxes, scores) = (new List<Tensor>(), new List<Tensor>());
        var first = 0L;
        foreach (var count in output.PerMap)
        {
            var best = Math.Min(_options.CandidatesPerMap, count);
            var (logits, places) = output.Objectness.narrow(1, first, count).topk((int)best, 1);                // (N, T)
            var quadruple = places.unsqueeze(2).expand(-1, -1, 4);
            var codes = output.Codes.narrow(1, first, count).gather(1, quadruple);                              // (N, T, 4)
            var anchors = output.Anchors.narrow(0, first, count).unsqueeze(0).expand(places.size(0), -1, -1).gather(1, quadruple);
            var moved = Boxes.Clip(_coder.Decode(codes, anchors), output.Width, output.Height);
            var score = logits.sigmoid();
            var large = (moved.narrow(-1, 2, 2) - moved.narrow(-1, 0, 2)).ge(SmallestSide).all(-1).logical_and(moved.isfinite().all(-1));
            var kept = NonMaximumSuppression.Keep(moved, score, null, large, _options.ProposalIou);             // (N, T)
            boxes.Add(moved);
            scores.Add(score.masked_fill(kept.logical_not(), -1));
            first += count;
        }
        var all = cat(scores, 1);
        var (sorted, order) = all.sort(1, descending: true, stable: true);
        var most = Math.Min(_options.Proposals, all.size(1));
        sorted = sorted.narrow(1, 0, most).contiguous();                                                        // (N, P)
        var chosen = cat(boxes, 1).gather(1, order.narrow(1, 0, most).unsqueeze(2).expand(-1, -1, 4));          // (N, P, 4)
        return new(chosen.MoveToOuterDisposeScope(), sorted.ge(0).MoveToOuterDisposeScope()) { Scores = sorted.MoveToOuterDisposeScope() };
    }

    /// <summary>
    /// Binary cross-entropy of the sampled anchors' objectness, and smooth L1 (beta 1/9) of the codes of those that belong to an object, both as
    /// means over the sample: the paper's with its balance as torchvision has it.
    /// </summary>
    /// <returns>Objectness and box, (), float32.</returns>
    public (Tensor Objectness, Tensor Box) Losses(AnchorOutput output, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        var anchors = output.Anchors.unsqueeze(0);                                                              // (1, A, 4)
        var match = _matcher.Match(anchors, targets);                                                           // (N, A)
        var sample = BalancedSample.Draw(match.ge(0), match.eq(BoxMatcher.Background), _options.SampledAnchors, ObjectShare);
        var all = sample.All;
        var logits = output.Objectness.flatten().index_select(0, all);                                          // (S,)
        var truth = match.flatten().index_select(0, all).ge(0).to(ScalarType.Float32);
        var count = Math.Max(1, all.size(0));
        var objectness = nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction: nn.Reduction.Sum) / count;
        // The object's place within the batch: that within its image, and the objects of the images before.
        var perImage = output.Objectness.size(1);
        var image = sample.Objects.div(perImage, RoundingMode.floor);
        var place = match.flatten().index_select(0, sample.Objects) + image * targets.Boxes.size(1);
        var wanted = _coder.Encode(targets.Boxes.view(-1, 4).index_select(0, place), output.Anchors.index_select(0, sample.Objects.remainder(perImage)));
        var codes = output.Codes.reshape(-1, 4).index_select(0, sample.Objects);                                // (S', 4)
        var box = nn.functional.smooth_l1_loss(codes, wanted, nn.Reduction.Sum, beta: 1.0 / 9) / count;
        return (objectness.MoveToOuterDisposeScope(), box.MoveToOuterDisposeScope());
    }
}
