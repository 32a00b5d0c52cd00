using System.Text.RegularExpressions;
using Fovea.Backbones;
using Fovea.Detection.Proposals;
using Fovea.Detection.Regions;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// Faster R-CNN (Ren, He, Girshick and Sun, 2015, https://arxiv.org/abs/1506.01497): a region proposal network says where objects may be, and Fast
/// R-CNN (Girshick, 2015, https://arxiv.org/abs/1504.08083) cuts these regions from the same maps and says which class each has and where its box is.
/// As torchvision's <c>FasterRCNN</c> with <c>resnet_fpn_backbone</c>, whose weights load. Class 0 of the head is the background.
/// </summary>
/// <remarks>
/// Differences from the paper: a ResNet instead of a VGG; a feature pyramid of five maps with anchors of one size each instead of one map with anchors
/// of three (<see cref="FasterRcnnOptions.FeaturePyramid"/> brings that back); RoIAlign instead of max pooling
/// (<see cref="FasterRcnnOptions.Pooling"/>); both parts trained together by the sum of their losses, not in turns; smooth L1 with beta 1/9 in both; no
/// dropout in the head; anchors across the image's edge are trained on. Differences from torchvision's: images are of one size and
/// padding counts as image; 1,000 candidates and proposals in training too, not 2,000; batch norm is trained, also where weights
/// are loaded, for which torchvision freezes it; an image without objects is trained on as background; an object that no anchor touches claims none.
/// </remarks>
internal sealed partial class FasterRcnn : DetectionNetwork, IDetectionNetwork<FasterRcnn>
{
    /// <summary>Sides of a detection in pixels, at least; torchvision's number.</summary>
    private const double SmallestSide = 1e-2;

    /// <summary>Regions that the head looks at together in prediction: pooled, 256 maps of 7x7 are 50 kB a region.</summary>
    private const int RegionsAtOnce = 2048;

    private readonly ResNetPyramid backbone;
    private readonly ProposalNetwork? rpn;
    private readonly RegionHead roi_heads;
    private readonly RegionPooler _pooler;
    private readonly BoxCoder _coder = new(10, 5);
    private readonly FasterRcnnOptions _options;

    private FasterRcnn(DetectionNetworkInput input) : base(nameof(FasterRcnn))
    {
        _options = input.FasterRcnn;
        backbone = new(input.Channels, input.Backbone ?? ResNetPlan.Of(50), finest: int.Log2(_options.FinestStride) - 1, _options.FeaturePyramid ? _options.Width : null);
        if (_options.ProposalsColumn is null)
            rpn = new(backbone.Channels, new(_options.SizesByMap, _options.AnchorRatios), _options);
        roi_heads = new(backbone.Channels, _options.HeadWidth, input.Classes);
        _pooler = new(backbone.Strides, _options.Pooling);
        RegisterComponents();
    }

    public static FasterRcnn Create(DetectionNetworkInput input) => new(input);

    public override IReadOnlyList<string> LossParts => rpn is null
        ? [Measure.ClassLoss, Measure.BoxLoss]
        : [Measure.ProposalObjectLoss, Measure.ProposalBoxLoss, Measure.ClassLoss, Measure.BoxLoss];

    public override IReadOnlyList<string> ClassLayers => ["roi_heads.box_predictor."];

    /// <summary>torchvision's published file was written before its 0.13, when these convolutions did not yet stand in sequences.</summary>
    public override string CurrentKey(string key) => OldHead.Replace(OldPyramid.Replace(key, "$1.0.$2"), "$1.0.0.$2");

    public override Tensor Losses(Tensor images, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.Features(images);
        var (proposals, anchors) = ProposalsOf(maps, images, targets);
        return Losses(maps, anchors, proposals, targets).MoveToOuterDisposeScope();
    }

    public override Candidates Predict(Tensor images, CandidateLimits limits)
    {
        var maps = backbone.Features(images);
        return Detect(maps, Network.Propose(Network.Run(maps, images.size(2), images.size(3))), images, limits);
    }

    public override Candidates Predict(Tensor images, ProposalBatch proposals, CandidateLimits limits) => Detect(backbone.Features(images), proposals, images, limits);

    public override (Tensor Losses, Candidates Candidates) Evaluate(Tensor images, DetectionTargets targets, CandidateLimits limits)
    {
        var maps = backbone.Features(images);
        var (proposals, anchors) = ProposalsOf(maps, images, targets);
        return (Losses(maps, anchors, proposals, targets), Detect(maps, proposals, images, limits));
    }

    /// <summary>What a prediction cuts out: the proposals alone.</summary>
    internal ProposalBatch Propose(Tensor images) => Network.Propose(Network.Run(backbone.Features(images), images.size(2), images.size(3)));

    private ProposalNetwork Network => rpn ?? throw new InvalidOperationException("This network is built for proposals of a column.");

    private (ProposalBatch Proposals, AnchorOutput? Anchors) ProposalsOf(IReadOnlyList<Tensor> maps, Tensor images, DetectionTargets targets)
    {
        if (rpn is null)
            return (targets.Proposals ?? throw new ArgumentException("The batch has no proposals.", nameof(targets)), null);
        var anchors = rpn.Run(maps, images.size(2), images.size(3));
        return (rpn.Propose(anchors), anchors);
    }

    /// <returns>(4,): objectness and box of the proposals, class and box of the regions; (2,) without the first two where proposals are given.</returns>
    private Tensor Losses(IReadOnlyList<Tensor> maps, AnchorOutput? anchors, ProposalBatch proposals, DetectionTargets targets)
    {
        using var scope = NewDisposeScope();
        // Draws anchors before regions are drawn.
        List<Tensor> losses = [];
        if (anchors is not null)
        {
            var (objectness, anchorBox) = Network.Losses(anchors, targets);
            losses.AddRange([objectness, anchorBox]);
        }
        var regions = RegionTargets.Draw(proposals, targets, _options.SampledRegions, _coder);
        var (logits, codes) = roi_heads.Run(_pooler.Pool(maps, regions.Boxes, regions.Images));
        var (classification, box) = regions.Losses(logits, codes);
        return stack([.. losses, classification, box]).MoveToOuterDisposeScope();
    }

    private Candidates Detect(IReadOnlyList<Tensor> maps, ProposalBatch proposals, Tensor images, CandidateLimits limits)
    {
        var (count, most) = (proposals.Boxes.size(0), proposals.Boxes.size(1));
        var flat = proposals.Boxes.view(-1, 4);                                                                 // (N·P, 4)
        var present = proposals.Exist.flatten().nonzero().squeeze(1);                                           // (R,)
        var classes = 0L;
        var (scores, boxes) = (new List<Tensor>(), new List<Tensor>());
        // At least once: the empty rest still says how many classes there are.
        for (var first = 0L; first == 0 || first < present.size(0); first += RegionsAtOnce)
        {
            using var scope = NewDisposeScope();
            var part = present.narrow(0, first, Math.Min(RegionsAtOnce, present.size(0) - first));
            var regions = flat.index_select(0, part);                                                           // (R', 4)
            var (logits, codes) = roi_heads.Run(_pooler.Pool(maps, regions, part.div(most, RoundingMode.floor)));
            classes = logits.size(1) - 1;
            var moved = Boxes.Clip(_coder.Decode(codes.narrow(1, 1, classes), regions.unsqueeze(1)), images.size(3), images.size(2)); // (R', K, 4)
            var large = (moved.narrow(-1, 2, 2) - moved.narrow(-1, 0, 2)).ge(SmallestSide).all(-1).logical_and(moved.isfinite().all(-1));
            scores.Add((logits.softmax(1).narrow(1, 1, classes) * large.to(ScalarType.Float32)).MoveToOuterDisposeScope());
            boxes.Add(moved.MoveToOuterDisposeScope());
        }
        var allScores = zeros(count * most, classes, device: flat.device).index_copy_(0, present, cat(scores, 0));
        var allBoxes = zeros(count * most, classes, 4, device: flat.device).index_copy_(0, present, cat(boxes, 0));
        return Candidates.Best(allBoxes.view(count, most, classes, 4), allScores.view(count, most, classes), limits);
    }

    [GeneratedRegex(@"^(backbone\.fpn\.(?:inner|layer)_blocks\.\d+)\.(weight|bias)$")]
    private static partial Regex OldPyramid { get; }

    [GeneratedRegex(@"^(rpn\.head\.conv)\.(weight|bias)$")]
    private static partial Regex OldHead { get; }
}
