using Fovea.Detection.Proposals;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Proposals;

public class AnchorGridTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_Maps_GivesTorchvisionsAnchors(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Anchors[number];
        var grid = new AnchorGrid(wanted.Sizes, wanted.Ratios);
        var anchors = grid.Of([.. wanted.Grids.Select(g => zeros(1, 1, g[0], g[1]))], wanted.Height, wanted.Width);
        Assert.Equal(wanted.Grids.Select(g => g[0] * g[1] * grid.PerPosition), anchors.Select(a => a.size(0)));
        Same(wanted.Anchors, cat([.. anchors], 0), 0); // whole and half pixels
    }

    [Fact]
    public void Of_ImageSmallerThanTheStride_GivesAnchorsAtItsCorner()
    {
        using var scope = NewDisposeScope();
        var anchors = new AnchorGrid([[32]], [1]).Of([zeros(1, 1, 1, 1)], height: 5, width: 3);
        TensorAssert.Close(tensor(new float[] { -16, -16, 16, 16 }, [1, 4]), anchors[0], 0);
    }

    [Fact]
    public void Of_OtherNumberOfMaps_SaysHowMany()
    {
        using var scope = NewDisposeScope();
        var e = Assert.Throws<ArgumentException>(() => new AnchorGrid([[32], [64]], [1]).Of([zeros(1, 1, 1, 1)], 5, 3));
        Assert.Contains("for 2 maps; got 1", e.Message);
    }
}
