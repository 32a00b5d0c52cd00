using Fovea.Detection.Regions;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Regions;

public class RegionPoolerTests
{
    [Fact]
    public void Levels_Boxes_AreTorchvisions()
    {
        using var scope = NewDisposeScope();
        var boxes = BoxesOf(Numbers.Pooling.Levels.Boxes);
        Assert.Equal(Numbers.Pooling.Levels.From4, new RegionPooler([4, 8, 16, 32], RegionPooling.Align).Levels(boxes).data<long>().ToArray());
        Assert.Equal(Numbers.Pooling.Levels.From8, new RegionPooler([8, 16, 32], RegionPooling.Align).Levels(boxes).data<long>().ToArray());
    }

    [Theory]
    [InlineData(RegionPooling.Align)]
    [InlineData(RegionPooling.Max)]
    public void Pool_RegionsInAnotherOrder_GivesTheirValuesInThatOrder(RegionPooling kind)
    {
        using var scope = NewDisposeScope();
        Tensor[] maps = [Noise("a", 2, 3, 32, 32), Noise("b", 2, 3, 16, 16)];
        var pooler = new RegionPooler([4, 8], kind);
        var (boxes, images) = (SomeBoxes("boxes", 12, 128), arange(12).remainder(2));
        TensorAssert.Same(pooler.Pool(maps, boxes, images).flip(0), pooler.Pool(maps, boxes.flip(0), images.flip(0)));
    }
}
