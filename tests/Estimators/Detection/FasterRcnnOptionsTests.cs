namespace Fovea.Tests.Detection;

public class FasterRcnnOptionsTests
{
    [Fact]
    public void Problems_OfTheDefaultsAndTheSmallShape_AreNone()
    {
        Assert.Empty(new FasterRcnnOptions().Problems());
        Assert.Empty(FasterRcnnOptions.Small.Problems());
        Assert.Empty(new FasterRcnnOptions { FeaturePyramid = false }.Problems());
    }

    [Fact]
    public void Problems_EveryBoundViolated_AreAllTold()
    {
        var problems = new FasterRcnnOptions
        {
            Width = 0, HeadWidth = 9000, FinestStride = 6, Pooling = (RegionPooling)7, AnchorSizes = [double.NaN], AnchorRatios = [0], CandidatesPerMap = 0,
            Proposals = 100_001, ProposalIou = double.NaN, SampledAnchors = -1, SampledRegions = 0,
        }.Problems().ToList();
        string[] expected =
        [
            "Width must be 1 to 1,024; it is 0", "HeadWidth must be 1 to 8,192; it is 9000", "FinestStride must be 4, 8 or 16; it is 6",
            "Pooling must be one of Align, Max; it is 7", "AnchorSizes must be above 0 and at most 8192, one at least; they are NaN",
            "AnchorRatios must be above 0 and at most 100, one at least; they are 0", "CandidatesPerMap must be 1 to 100,000; it is 0",
            "Proposals must be 1 to 100,000; it is 100001", "ProposalIou must be 0 to 1; it is NaN", "SampledAnchors must be 1 to 1,000,000; it is -1",
            "SampledRegions must be 1 to 1,000,000; it is 0",
        ];
        Assert.Equal(expected.Order(), problems.Order());
    }

    [Fact]
    public void Problems_AnchorSizesForOtherMaps_SayHowManyThereAre()
    {
        var problem = Assert.Single(new FasterRcnnOptions { FinestStride = 8, AnchorSizes = [32, 64] }.Problems());
        Assert.Contains("must be 4 with a pyramid from stride 8 on", problem);
        Assert.Empty(new FasterRcnnOptions { FeaturePyramid = false, AnchorSizes = [32, 64] }.Problems());
    }
}
