namespace Fovea.Tests.Segmentation;

public class SegmentationMetricsTests
{
    private static readonly long[,] _counts =
    {
        { 50, 5, 0 },
        { 10, 30, 5 },
        { 0, 0, 0 },
    };

    [Fact]
    public void Metrics_SmallCounts_AreCountedByHand()
    {
        var metrics = new SegmentationMetrics(["sky", "road", "sign"], _counts);
        Assert.Equal(100, metrics.Pixels);
        Assert.Equal(0.8, metrics.PixelAccuracy);
        Assert.Equal([50.0 / 65, 30.0 / 50, 0.0 / 5], metrics.IoU);
        Assert.Equal([100.0 / 115, 60.0 / 80, 0.0 / 5], metrics.Dice);
        Assert.Equal([50.0 / 60, 30.0 / 35, 0.0 / 5], metrics.Precision);
        Assert.Equal([50.0 / 55, 30.0 / 45, double.NaN], metrics.Recall);
        Assert.Equal([35.0 / 45, 50.0 / 55, 95.0 / 100], metrics.Specificity);
    }

    [Fact]
    public void Metrics_AClassAbsent_IsLeftOutOfTheMeansAndNamed()
    {
        var metrics = new SegmentationMetrics(["sky", "road", "sign"], _counts);
        Assert.Equal((50.0 / 65 + 30.0 / 50) / 2, metrics.MeanIoU);
        Assert.Equal((100.0 / 115 + 60.0 / 80) / 2, metrics.MeanDice);
        Assert.Equal(["sign"], metrics.AbsentClasses);
        Assert.Contains("left out of the means: sign", metrics.ToString());
    }

    [Fact]
    public void Metrics_ClassesRenamed_Permute()
    {
        var metrics = new SegmentationMetrics(["a", "b", "c"], _counts);
        var permuted = new long[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                permuted[2 - i, 2 - j] = _counts[i, j];
        var other = new SegmentationMetrics(["c", "b", "a"], permuted);
        Assert.Equal(metrics.IoU.Reverse(), other.IoU);
        Assert.Equal(metrics.MeanIoU, other.MeanIoU);
        Assert.Equal(metrics.PixelAccuracy, other.PixelAccuracy);
    }

    [Fact]
    public void Metrics_NoPixel_IsNaN()
    {
        var metrics = new SegmentationMetrics(["a", "b"], new long[2, 2]);
        Assert.True(double.IsNaN(metrics.PixelAccuracy));
        Assert.True(double.IsNaN(metrics.MeanIoU));
    }

    [Fact]
    public void Metrics_OtherSize_IsRefused() => Assert.Throws<ArgumentException>(() => new SegmentationMetrics(["a"], _counts));
}
