using Fovea.Data;
using Fovea.Detection;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class DetectionTargetsTests
{
    [Fact]
    public void Of_ImagesOfDifferentCounts_FillsUpAndLeavesCrowdsOut()
    {
        using var scope = NewDisposeScope();
        using var boxes = new BoxBatch([(new(1, 2, 3, 4, 5), 0), (new(9, 9, 10, 10, 1, IsCrowd: true), 0), (new(5, 6, 7, 8, 2), 0), (new(0, 0, 1, 1, 3), 2)]);
        var targets = DetectionTargets.Of(boxes, 3, CPU);
        Assert.Equal([3, 2, 4], targets.Boxes.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], targets.Boxes.data<float>().ToArray());
        Assert.Equal([5L, 2, 0, 0, 3, 0], targets.Labels.data<long>().ToArray());
        Assert.Equal([true, true, false, false, true, false], targets.Exist.data<bool>().ToArray());
    }

    [Fact]
    public void Of_NoObject_HasOnePlaceThatIsEmpty()
    {
        using var scope = NewDisposeScope();
        using var boxes = new BoxBatch([]);
        var targets = DetectionTargets.Of(boxes, 2, CPU);
        Assert.Equal([2, 1, 4], targets.Boxes.shape);
        Assert.False(targets.Exist.any().item<bool>());
    }
}
