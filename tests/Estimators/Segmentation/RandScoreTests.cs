using Fovea.Segmentation;

namespace Fovea.Tests.Segmentation;

public class RandScoreTests
{
    [Fact]
    public void Of_Blobs_AgreesWithScikitImage()
    {
        foreach (var expected in SegmentationLossTests.RandCases)
        {
            var (f, precision, recall) = RandScore.Of(Bytes(expected.Truth), Bytes(expected.Predicted), expected.Width);
            // Both divide whole numbers once or twice in float64.
            Assert.Equal(expected.F, f, 1e-12);
            Assert.Equal(expected.Precision, precision, 1e-12);
            Assert.Equal(expected.Recall, recall, 1e-12);
        }

        static byte[] Bytes(int[] values) => [.. values.Select(v => (byte)v)];
    }

    [Fact]
    public void Of_TheTruthItself_IsOne() =>
        Assert.Equal((1, 1, 1), RandScore.Of([1, 1, 0, 1, 1], [1, 1, 0, 1, 1], 5));

    [Fact]
    public void Of_TwoObjectsMerged_CostsPrecision()
    {
        // Two objects of two pixels: 4 ordered pairs. Predicted as one of four (the border does not count): 12.
        var (f, precision, recall) = RandScore.Of([1, 1, 0, 1, 1], [1, 1, 1, 1, 1], 5);
        Assert.Equal((8.0 / 16, 4.0 / 12, 1), (f, precision, recall));
    }

    [Fact]
    public void Of_OtherSizes_IsRefused() => Assert.Throws<ArgumentException>(() => RandScore.Of([1, 1], [1], 1));
}
