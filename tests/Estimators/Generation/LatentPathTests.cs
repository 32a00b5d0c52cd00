using Fovea.Generation;

namespace Fovea.Tests.Generation;

public class LatentPathTests
{
    [Fact]
    public void Between_NormalVectors_KeepsTheirLength()
    {
        var path = LatentPath.Between([3, 0], [0, 3], 3, LatentPrior.Normal);
        Assert.Equal([3, 0], path[0]);
        Assert.Equal(3 * Math.Sqrt(0.5), path[1][0], 1e-6); // float32
        Assert.Equal(3 * Math.Sqrt(0.5), path[1][1], 1e-6);
        Assert.Equal(3, path[2][1], 1e-6);
    }

    [Fact]
    public void Between_UniformVectors_IsStraight() =>
        Assert.Equal([[1, 0], [0.5f, 0.5f], [0, 1]], LatentPath.Between([1, 0], [0, 1], 3, LatentPrior.Uniform));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    public void Between_VectorsWithoutAnArc_IsStraight(float x, float y) =>
        Assert.Equal([(1 + x) / 2, y / 2], LatentPath.Between([1, 0], [x, y], 3, LatentPrior.Normal)[1]);
}
