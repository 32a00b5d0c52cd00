using Fovea.Segmentation;

namespace Fovea.Tests.Segmentation;

public class BorderWeightsTests
{
    [Fact]
    public void Map_OfBlobs_AgreesWithSciPy()
    {
        foreach (var expected in SegmentationLossTests.BorderCases)
        {
            var map = new float[expected.Mask.Length];
            new BorderWeights { Sigma = 3 }.Map([.. expected.Mask.Select(v => (byte)v)], map, expected.Mask.Length / expected.Width, expected.Width);
            for (var i = 0; i < map.Length; i++)
                Assert.Equal(expected.Weights[i], map[i], 1e-6 + 6e-7); // stored with six decimals; float32 of numbers up to 10
        }
    }

    [Fact]
    public void Map_OneObject_IsZero()
    {
        var map = new float[9];
        Array.Fill(map, 1);
        new BorderWeights().Map([0, 0, 0, 0, 1, 1, 0, 0, 0], map, 3, 3);
        Assert.All(map, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Map_BetweenTwoPixels_IsCountedByHand()
    {
        // Objects at columns 0 and 3: column 1 is 1 and 2 away, so is column 2.
        var map = new float[4];
        new BorderWeights { Peak = 10, Sigma = 2 }.Map([1, 0, 0, 1], map, 1, 4);
        var wanted = (float)(10 * Math.Exp(-9.0 / 8));
        Assert.Equal([0, wanted, wanted, 0], map);
    }
}
