using Fovea.Detection;
using Fovea.Detection.Proposals;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Proposals;

public class BoxMatcherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Match_Boxes_GivesTorchvisionsMatches(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Matching.Cases[number];
        var boxes = BoxesOf(Numbers.Matching.Boxes).unsqueeze(0);
        var truths = BoxesOf(Numbers.Matching.Truths);
        // The second image has no object, the third one of the five.
        var targets = Targets([truths, zeros(0, 4), truths.narrow(0, 2, 1)]);
        var matches = new BoxMatcher(wanted.High, wanted.Low, wanted.Every).Match(boxes, targets);
        Assert.Equal([3L, boxes.size(1)], matches.shape);
        Assert.Equal(wanted.Matches, matches[0].data<long>().ToArray());
        Assert.All(matches[1].data<long>().ToArray(), m => Assert.Equal(BoxMatcher.Background, m));
        Assert.Equal(0, matches[2, 7].item<long>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Match_OwnBoxesOfEachImage_AreThoseOfTheImagesAlone(bool every)
    {
        using var scope = NewDisposeScope();
        var boxes = stack([SomeBoxes("a", 30), SomeBoxes("b", 30)]);
        Tensor[] truths = [SomeBoxes("c", 4), SomeBoxes("d", 7)];
        var matcher = new BoxMatcher(0.5, 0.4, every);
        var together = matcher.Match(boxes, Targets(truths));
        for (var n = 0; n < 2; n++)
            TensorAssert.Same(matcher.Match(boxes.narrow(0, n, 1), Targets([truths[n]])), together.narrow(0, n, 1));
    }

    // 1,000 objects and 10,000 boxes are more pairs than are looked at together.
    [Fact]
    public void Match_InParts_GivesWhatOneMatrixGives()
    {
        using var scope = NewDisposeScope();
        var (boxes, truths) = (SomeBoxes("boxes", 10_000, side: 3000), SomeBoxes("others", 1000, side: 3000));
        var matches = new BoxMatcher(0.6, 0.2, everyObject: true).Match(boxes.unsqueeze(0), Targets([truths]))[0];
        var iou = Boxes.PairwiseIou(boxes, truths);
        var (value, place) = iou.max(1);
        var claimed = iou.eq(iou.amax([0L])).logical_and(iou.gt(0)).any(1);
        var expected = where(value.ge(0.6).logical_or(claimed), place, where(value.lt(0.2), full_like(place, -1), full_like(place, -2)));
        TensorAssert.Same(expected, matches);
        Assert.True(matches.ge(0).sum().item<long>() > 1000);
    }

    [Fact]
    public void Match_ObjectThatNoBoxTouches_ClaimsNone()
    {
        using var scope = NewDisposeScope();
        var far = tensor(new float[] { 900, 900, 950, 950 }, [1, 4]);
        var matches = new BoxMatcher(0.7, 0.3, everyObject: true).Match(SomeBoxes("boxes", 20).unsqueeze(0), Targets([far]));
        Assert.True(matches.eq(BoxMatcher.Background).all().item<bool>());
    }

    [Fact]
    public void Match_BoxWithoutAreaOrNotFinite_BelongsToNone()
    {
        using var scope = NewDisposeScope();
        var truth = tensor(new float[] { 10, 10, 10, 30, 10, 10, 50, 50 }, [2, 4]);
        var boxes = tensor(new float[] { 10, 10, 10, 30, float.NaN, 0, 20, 20, 11, 10, 50, 50 }, [1, 3, 4]);
        var matches = new BoxMatcher(0.5, 0.5, everyObject: false).Match(boxes, Targets([truth]));
        Assert.Equal([-1L, -2, 1], matches.data<long>().ToArray());
    }
}
