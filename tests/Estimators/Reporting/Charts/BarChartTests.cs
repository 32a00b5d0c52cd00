using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class BarChartTests
{
    [Fact]
    public void Draw_Values_AreBarsFromZero()
    {
        var page = Charts.Page(new BarChart { Title = "F1", XLabel = "classes", YLabel = "F1", Bars = [("cat", 1), ("dog", 0.5), ("<owl>", double.NaN), ("yak", -0.5)] });
        Charts.AssertSound(page);
        var bars = page.All("rect", "fv-bar").ToList();
        Assert.Equal(["cat: 1", "dog: 0.5", "yak: -0.5"], bars.Select(b => b.Hover()));
        // Heights as the values, up to the rounding of coordinates to 0.01; up ends where down begins.
        Assert.Equal(bars[0].Number("height") / 2, bars[1].Number("height"), 0.02);
        Assert.Equal(bars[1].Number("height"), bars[2].Number("height"), 0.02);
        Assert.Equal(bars[0].Number("y") + bars[0].Number("height"), bars[2].Number("y"), 0.02);
        Assert.Equal(["cat", "dog", "<owl>", "yak"], page.All("text", "fv-x").Select(t => t.Value));
        Assert.Contains("lowest yak (-0.5), highest cat (1)", page.Words());
    }

    [Fact]
    public void Draw_NoBars_SaysSo()
    {
        var page = Charts.Page(new BarChart { Title = "F1", XLabel = "classes", YLabel = "F1", Bars = [] });
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
    }

    [Fact]
    public void Draw_ManyNames_SomeAreLeftOut()
    {
        var page = Charts.Page(new BarChart { Title = "F1", XLabel = "classes", YLabel = "F1", Bars = [.. Enumerable.Range(0, 500).Select(i => ($"class {i}", i / 500.0))] });
        Charts.AssertSound(page);
        Assert.Equal(500, page.All("rect", "fv-bar").Count());
        Assert.InRange(page.All("text", "fv-x").Count(), 20, 60);
    }

    [Fact]
    public void Bins_Values_AreCountedInRoundRanges()
    {
        var chart = Histogram([0, 0.05, 0.1, 0.1, 0.25, 0.399, 0.4, double.NaN, double.PositiveInfinity], bins: 5);
        // By hand: four ranges of 0.1; 0.1 begins one, 0.4 ends the last.
        Assert.Equal([(0.0, 0.1, 2), (0.1, 0.2, 2), (0.2, 0.3, 1), (0.3, 0.4, 2)], chart.Bins());
        Assert.Contains("7 values of error, from 0 to 0.4, median 0.1; 2 not finite and left out.", chart.Description);
    }

    [Fact]
    public void Bins_AnyValues_AreAllCounted()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var scale = Math.Pow(10, random.Next(-6, 7));
            double[] values = [.. Enumerable.Range(0, 1 + random.Next(200)).Select(_ => (random.NextDouble() - 0.3) * scale)];
            var bins = Histogram(values, bins: 40).Bins();
            Assert.Equal(values.Length, bins.Sum(b => b.Count));
            Assert.InRange(bins.Count, 1, 40);
            Assert.All(bins.SkipLast(1), b => Assert.Equal(values.Count(v => v >= b.From && v < b.To), b.Count));
        }
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN })]
    public void Draw_NothingToCount_SaysSo(double[] values)
    {
        var page = Charts.Page(Histogram(values));
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
    }

    [Theory]
    [InlineData(new[] { 3.0, 3, 3 })]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { -1.0, -1 })]
    public void Draw_EqualValues_AreOneBar(double[] values)
    {
        var page = Charts.Page(Histogram(values));
        Charts.AssertSound(page);
        Assert.EndsWith($": {values.Length}", Assert.Single(page.All("rect", "fv-bar")).Hover());
    }

    [Fact]
    public void Draw_ThresholdBeyondTheValues_IsOnTheAxis()
    {
        var page = Charts.Page(new HistogramChart { Title = "Errors", XLabel = "error", Values = [1, 2, 3], Mark = (10, "threshold 10") });
        Charts.AssertSound(page);
        Assert.Single(page.All("path", "fv-mark"));
        Assert.Equal("10", page.All("text", "fv-x").Last().Value);
    }

    private static HistogramChart Histogram(double[] values, int bins = 40) => new() { Title = "Errors", XLabel = "error", Values = values, MostBins = bins };
}
