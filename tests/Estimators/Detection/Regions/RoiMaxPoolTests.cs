using Fovea.Detection.Regions;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Regions;

public class RoiMaxPoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_Regions_GivesTorchvisionsValuesAndGradient(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Pooling.Max[number];
        var map = Noise("map", 2, 2, 13, 17).requires_grad_();
        var pooled = RoiMaxPool.Run(Regions.Of(map), wanted.Size);
        Assert.Equal([Numbers.Pooling.Regions.Length, 2, wanted.Size, wanted.Size], pooled.shape);
        Same(wanted.Values, pooled, 1e-8); // maxima are copies; the script writes 8 digits
        (pooled * Noise("weights", pooled.shape)).sum().backward();
        SameProbe(wanted.Gradient, "map", map.grad!, 1e-6);
    }

    [Fact]
    public void Run_EqualMaxima_GiveTheFirstTheWholeGradient()
    {
        using var scope = NewDisposeScope();
        var map = ones(1, 1, 4, 4).requires_grad_();
        var regions = PooledRegions.Of([map], [1], tensor(new float[] { 0, 0, 3, 3 }, [1, 4]), zeros(1, ScalarType.Int64), zeros(1, ScalarType.Int64));
        RoiMaxPool.Run(regions, 2).sum().backward();
        var expected = zeros(1, 1, 4, 4);
        foreach (var (y, x) in new[] { (0, 0), (0, 2), (2, 0), (2, 2) })
            expected[0, 0, y, x] = 1f;
        TensorAssert.Close(expected, map.grad!, 0);
    }

    [Fact]
    public void Run_NoRegions_GivesNoneWithAGradient()
    {
        using var scope = NewDisposeScope();
        var map = Noise("map", 1, 2, 4, 4).requires_grad_();
        var pooled = RoiMaxPool.Run(PooledRegions.Of([map], [1], zeros(0, 4), zeros(0, ScalarType.Int64), zeros(0, ScalarType.Int64)), 7);
        Assert.Equal([0, 2, 7, 7], pooled.shape);
        pooled.sum().backward();
        TensorAssert.Close(zeros_like(map), map.grad!, 0);
    }
}
