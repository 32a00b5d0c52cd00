using Fovea.Detection.Regions;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Regions;

public class RoiAlignTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Numbers.Pooling.Align.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_Regions_GivesTorchvisionsValuesAndGradient(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Pooling.Align[number];
        var map = Noise("map", 2, 2, 13, 17).requires_grad_();
        var pooled = RoiAlign.Run(Regions.Of(map), wanted.Size, wanted.Points, wanted.Aligned);
        Assert.Equal([Numbers.Pooling.Regions.Length, 2, wanted.Size, wanted.Size], pooled.shape);
        Same(wanted.Values, pooled, 1e-6); // values below 1; places are rounded at 32, fractions to 4e-6 of neighbors that differ by 1
        (pooled * Noise("weights", pooled.shape)).sum().backward();
        SameProbe(wanted.Gradient, "map", map.grad!, 1e-5);
    }

    // Bilinear interpolation of a plane is exact: a bin's value is the plane at the bin's middle.
    [Fact]
    public void Run_PlaneInside_GivesItsValueAtTheMiddleOfEachBin()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (arange(20, ScalarType.Float32).view(1, 1, 1, 20), arange(16, ScalarType.Float32).view(1, 1, 16, 1));
        var plane = 3 * x - 2 * y + 1;
        var regions = PooledRegions.Of([plane], [1], tensor(new[] { 2f, 3, 16, 10 }, [1, 4]), zeros(1, ScalarType.Int64), zeros(1, ScalarType.Int64));
        var expected = 3 * (2 + (arange(7).to(ScalarType.Float32) + 0.5) * 2).view(1, 7) - 2 * (3 + (arange(7).to(ScalarType.Float32) + 0.5) * 1).view(7, 1) + 1;
        foreach (var points in new[] { 1, 2, 3, 0 })
            TensorAssert.Close(expected, RoiAlign.Run(regions, 7, points, aligned: false)[0, 0], 1e-5); // values to 60
        TensorAssert.Close(expected - 0.5, RoiAlign.Run(regions, 7, 2, aligned: true)[0, 0], 1e-5); // half a position back: -1.5 + 1
    }

    [Fact]
    public void Run_MapsOfSeveralLevels_AreThoseOfEachAlone()
    {
        using var scope = NewDisposeScope();
        var (fine, coarse) = (Noise("fine", 2, 3, 16, 16), Noise("coarse", 2, 3, 8, 8));
        var (boxes, images, levels) = (SomeBoxes("boxes", 20, 64), arange(20).remainder(2), arange(20).div(2, RoundingMode.floor).remainder(2));
        var together = RoiAlign.Run(PooledRegions.Of([fine, coarse], [0.25, 0.125], boxes, images, levels), 7, 2, false);
        var alone = new[] { (fine, 0.25), (coarse, 0.125) }.Select(m => RoiAlign.Run(PooledRegions.Of([m.Item1], [m.Item2], boxes, images, zeros_like(levels)), 7, 2, false)).ToArray();
        TensorAssert.Same(where(levels.eq(0).view(-1, 1, 1, 1), alone[0], alone[1]), together);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Run_NoRegions_GivesNoneWithAGradient(int points)
    {
        using var scope = NewDisposeScope();
        var map = Noise("map", 1, 2, 4, 4).requires_grad_();
        var none = PooledRegions.Of([map], [1], zeros(0, 4), zeros(0, ScalarType.Int64), zeros(0, ScalarType.Int64));
        var pooled = RoiAlign.Run(none, 7, points, aligned: false);
        Assert.Equal([0, 2, 7, 7], pooled.shape);
        pooled.sum().backward();
        TensorAssert.Close(zeros_like(map), map.grad!, 0);
    }

    [Fact]
    public void Run_RegionThatIsNoNumber_ReadsNothingOutsideTheMap()
    {
        using var scope = NewDisposeScope();
        var boxes = tensor(new[] { float.NaN, 0, 4, 4, 0, float.PositiveInfinity, 3, float.PositiveInfinity, -1e30f, 0, 1e30f, 4 }, [3, 4]);
        var regions = PooledRegions.Of([Noise("map", 1, 2, 4, 4)], [1], boxes, zeros(3, ScalarType.Int64), zeros(3, ScalarType.Int64));
        Assert.Equal([3, 2, 7, 7], RoiAlign.Run(regions, 7, 2, false).shape);
        Assert.Equal([3, 2, 7, 7], RoiMaxPool.Run(regions, 7).shape);
    }
}
