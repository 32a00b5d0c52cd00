namespace Fovea;

/// <summary>
/// Shape of a Faster R-CNN and how many boxes it looks at. The defaults fit torchvision's weights; <see cref="Small"/> trains from scratch
/// on a CPU.
/// </summary>
public sealed record FasterRcnnOptions
{
    /// <summary>A third of the work and less: maps from stride 8 on, 128 of them, a head of 256, 64 anchors and regions to learn from.</summary>
    public static FasterRcnnOptions Small { get; } = new()
    {
        FinestStride = 8, Width = 128, HeadWidth = 256, AnchorSizes = [24, 48, 96, 192], CandidatesPerMap = 300, Proposals = 300, SampledAnchors = 128, SampledRegions = 64,
    };

    /// <summary>
    /// A feature pyramid, a map for each size of objects, as torchvision's. False: one map of stride 16 with anchors of all sizes, as
    /// in the paper. Default true.
    /// </summary>
    public bool FeaturePyramid { get; init; } = true;

    /// <summary>Pixels of a step on the pyramid's finest map: 4, 8 or 16. Default 4.</summary>
    public int FinestStride { get; init; } = 4;

    /// <summary>Maps of each level of the pyramid, 1 to 1,024. Default 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Width of the two fully connected layers that look at a region, 1 to 8,192. Default 1,024.</summary>
    public int HeadWidth { get; init; } = 1024;

    /// <summary>How a region is cut from its map. Default <see cref="RegionPooling.Align"/>.</summary>
    public RegionPooling Pooling { get; init; } = RegionPooling.Align;

    /// <summary>
    /// Square roots of the anchors' areas in pixels of the network's input, above 0 and at most 8,192. With a pyramid one for each of its maps, finest
    /// first, of which there is one more than strides from <see cref="FinestStride"/> to 32. Null, the default: 8 strides each, 32 to 512 where the finest stride is 4;
    /// without a pyramid 128, 256 and 512.
    /// </summary>
    public IReadOnlyList<double>? AnchorSizes { get; init; }

    /// <summary>Height by width of the anchors, each above 0. Default 0.5, 1 and 2.</summary>
    public IReadOnlyList<double> AnchorRatios { get; init; } = [0.5, 1, 2];

    /// <summary>Anchors of each map, those of the highest objectness, that go into non-maximum suppression, 1 to 100,000. Default 1,000.</summary>
    public int CandidatesPerMap { get; init; } = 1000;

    /// <summary>Proposals of an image at most, 1 to 100,000. Default 1,000.</summary>
    public int Proposals { get; init; } = 1000;

    /// <summary>Of two proposals whose IoU is above it the likelier one is kept, 0 to 1. Default 0.7.</summary>
    public double ProposalIou { get; init; } = 0.7;

    /// <summary>
    /// Where objects may be, from elsewhere (selective search, another detector): a column of x0 y0 x1 y1 of each proposal in pixels of the upright
    /// original, a vector of Single, one proposal an image at least, in training and prediction alike. The network is then a Fast R-CNN (Girshick,
    /// 2015, https://arxiv.org/abs/1504.08083) and has no layers that propose. Proposals are cut off at the image's edges, those outside are left out.
    /// Null, the default: the network proposes.
    /// </summary>
    public string? ProposalsColumn { get; init; }

    /// <summary>Anchors of an image to learn from, half of them of objects where there are so many; 1 to 1,000,000. Default 256.</summary>
    public int SampledAnchors { get; init; } = 256;

    /// <summary>Regions of an image to learn from, a quarter of them of objects where there are so many; 1 to 1,000,000. Default 512.</summary>
    public int SampledRegions { get; init; } = 512;

    /// <summary>Maps that have anchors.</summary>
    internal int Maps => FeaturePyramid ? 7 - int.Log2(FinestStride) : 1;

    /// <summary>The anchors' sizes of each map.</summary>
    internal IReadOnlyList<IReadOnlyList<double>> SizesByMap => !FeaturePyramid
        ? [AnchorSizes ?? [128, 256, 512]]
        : [.. Enumerable.Range(0, Maps).Select(level => (IReadOnlyList<double>)[AnchorSizes?[level] ?? 8 * (FinestStride << level)])];

    /// <summary>Every bound that is violated, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value, most) in new[]
        {
            (nameof(Width), Width, 1024), (nameof(HeadWidth), HeadWidth, 8192), (nameof(CandidatesPerMap), CandidatesPerMap, 100_000),
            (nameof(Proposals), Proposals, 100_000), (nameof(SampledAnchors), SampledAnchors, 1_000_000), (nameof(SampledRegions), SampledRegions, 1_000_000),
        })
            if (value < 1 || value > most)
                yield return FormattableString.Invariant($"{name} must be 1 to {most:N0}; it is {value}");
        if (FinestStride is not (4 or 8 or 16))
            yield return $"{nameof(FinestStride)} must be 4, 8 or 16; it is {FinestStride}";
        if (!Enum.IsDefined(Pooling))
            yield return $"{nameof(Pooling)} must be one of {string.Join(", ", Enum.GetNames<RegionPooling>())}; it is {Pooling}";
        if (!(ProposalIou is >= 0 and <= 1))
            yield return $"{nameof(ProposalIou)} must be 0 to 1; it is {ProposalIou}";
        if (ProposalsColumn is not null && string.IsNullOrWhiteSpace(ProposalsColumn))
            yield return $"{nameof(ProposalsColumn)} must name a column, or be null where the network proposes; it is '{ProposalsColumn}'";
        foreach (var problem in AnchorProblems())
            yield return problem;
    }

    private IEnumerable<string> AnchorProblems()
    {
        if (AnchorSizes is { } sizes)
        {
            if (sizes.Count == 0 || !sizes.All(s => s is > 0 and <= 8192))
                yield return $"{nameof(AnchorSizes)} must be above 0 and at most 8192, one at least; they are {Numbers(sizes)}";
            if (FeaturePyramid && FinestStride is 4 or 8 or 16 && sizes.Count != Maps)
                yield return $"{nameof(AnchorSizes)} must be {Maps} with a pyramid from stride {FinestStride} on, one for each map; they are {sizes.Count}";
        }
        if (AnchorRatios is null || AnchorRatios.Count == 0 || !AnchorRatios.All(r => r is > 0 and <= 100))
            yield return $"{nameof(AnchorRatios)} must be above 0 and at most 100, one at least; they are {(AnchorRatios is null ? "null" : Numbers(AnchorRatios))}";

        static string Numbers(IReadOnlyList<double> values) =>
            values.Count == 0 ? "none" : string.Join(", ", values.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
