using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class ReliabilityChartTests
{
    private static readonly ReliabilityBin[] Bins = [new(0, 0.25, 0, double.NaN, double.NaN), new(0.25, 0.5, 10, 0.4, 0.5), new(0.5, 0.75, 0, double.NaN, double.NaN), new(0.75, 1, 40, 0.9, 0.7)];

    [Fact]
    public void Draw_Bins_AreBarsOfTheirAccuracyAndTheirConfidence()
    {
        var page = Charts.Page(new ReliabilityChart(Bins));
        Charts.AssertSound(page);
        var bars = page.All("rect", "fv-s0").ToList(); // of two ranges, and below their counts
        Assert.Equal(4, bars.Count);
        Assert.Equal("confidence 75 % to 100 %: 40 predictions of mean confidence 90 %, 70 % right", bars[1].Hover());
        // The first are right more often than sure: solid to 0.4, and from there to 0.5. The others the other way round.
        var (tooSure, notSure) = (Assert.Single(page.All("rect", "fv-s1")), Assert.Single(page.All("rect", "fv-s2")));
        Assert.Equal(4.0 / 7, bars[0].Number("height") / bars[1].Number("height"), 1e-3); // coordinates are rounded to 0.01
        Assert.Equal((bars[0].Number("x"), bars[1].Number("x")), (notSure.Number("x"), tooSure.Number("x")));
        Assert.Equal(bars[1].Number("y"), tooSure.Number("y") + tooSure.Number("height"), 0.011);
        Assert.Equal(2, tooSure.Number("height") / notSure.Number("height"), 1e-2);
        Assert.Equal(10.0 / 40, bars[2].Number("height") / bars[3].Number("height"), 1e-3);
        // Both diagrams begin at the same place.
        Assert.Equal([bars[0].Number("x"), bars[1].Number("x")], [bars[2].Number("x"), bars[3].Number("x")]);
        Assert.Equal(["right", "too sure", "not sure enough"], page.All("text", "fv-legend").Select(t => t.Value));
        Assert.Contains("50 predictions; mean confidence 80 %, 66 % right. Farthest apart 40 predictions of mean confidence 90 %, 70 % right.", page.Words());
    }

    [Fact]
    public void Draw_NoPredictions_SaysSo()
    {
        var page = Charts.Page(new ReliabilityChart([new(0, 1, 0, double.NaN, double.NaN)]));
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
        Assert.Contains("no predictions", page.Words());
    }
}
