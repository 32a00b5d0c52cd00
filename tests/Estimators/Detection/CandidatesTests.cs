using Fovea.Detection;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class CandidatesTests
{
    [Fact]
    public void Best_ScoresOfClasses_GivesThemDescendingWithTheirBoxes()
    {
        using var scope = NewDisposeScope();
        var boxes = arange(2 * 3 * 4, ScalarType.Float32).view(2, 3, 4);
        var scores = tensor(new[] { 0.1f, 0.9f, 0.3f, 0.2f, 0.8f, 0.05f, 0, 0, 0.4f, 0, 0, 0 }).view(2, 3, 2);
        var found = Candidates.Best(boxes, scores, new(0.15, 10));
        Assert.Equal([0.9f, 0.8f, 0.3f, 0.2f], found.Scores[0].data<float>().ToArray());
        Assert.Equal([1L, 0, 0, 1], found.Labels[0].data<long>().ToArray());
        Assert.Equal([0f, 8, 4, 4], found.Boxes[0].select(1, 0).contiguous().data<float>().ToArray());
        Assert.Equal([true, false, false, false], found.Exist[1].data<bool>().ToArray());
        Assert.Equal(16f, found.Boxes[1, 0, 0].item<float>());
    }

    [Fact]
    public void Best_BoxesOfEachClass_GivesTheClasss()
    {
        using var scope = NewDisposeScope();
        var boxes = arange(1 * 2 * 3 * 4, ScalarType.Float32).view(1, 2, 3, 4);
        var found = Candidates.Best(boxes, tensor(new[] { 0, 0, 0.5f, 0, 0.7f, 0 }).view(1, 2, 3), new(0.1, 10));
        Assert.Equal([16f, 8], found.Boxes[0].select(1, 0).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Best_NothingAboveTheScore_IsEmpty()
    {
        using var scope = NewDisposeScope();
        var found = Candidates.Best(zeros(2, 3, 4), zeros(2, 3, 2), new(0, 10));
        Assert.Equal([2, 0, 4], found.Boxes.shape);
        Assert.Equal([2, 0], found.Suppress(0.5, 10).Exist.shape);
    }

    [Fact]
    public void Suppress_MoreThanWanted_KeepsTheBest()
    {
        using var scope = NewDisposeScope();
        var boxes = tensor(new float[] { 0, 0, 10, 10, 0, 0, 10, 9, 20, 0, 30, 10, 40, 0, 50, 10 }).view(1, 4, 4);
        var found = new Candidates(boxes, tensor(new[] { 0.9f, 0.8f, 0.7f, 0.6f }).view(1, 4), zeros(1, 4, ScalarType.Int64), ones(1, 4, ScalarType.Bool));
        Assert.Equal([true, false, true, false], found.Suppress(0.5, 2).Exist.data<bool>().ToArray());
    }
}
