using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class LineChartTests
{
    private static LineChart Chart(params (string Name, double[] Values)[] series) => new()
    {
        Title = "Loss",
        XLabel = "epoch",
        YLabel = "nats",
        IsXWhole = true,
        Series = [.. series.Select(s => new LineSeries(s.Name, [.. s.Values.Select((v, i) => (i + 1.0, v))]))],
    };

    [Fact]
    public void Draw_TwoSeries_EachValueIsWhereItBelongs()
    {
        var page = Charts.Page(Chart(("training", [4, 2, 1]), ("validation", [4, 3, 0])));
        Charts.AssertSound(page);
        var (training, validation) = (page.All("circle", "fv-s0").ToList(), page.All("circle", "fv-s1").ToList());
        Assert.Equal(["training, epoch 1: 4", "training, epoch 2: 2", "training, epoch 3: 1"], training.Select(c => c.Hover()));
        Assert.Equal(["validation, epoch 1: 4", "validation, epoch 2: 3", "validation, epoch 3: 0"], validation.Select(c => c.Hover()));
        // The axis goes from 0 to 4: 2 is half way between the ends, and epoch 2 too. Coordinates are rounded to 0.01.
        Assert.Equal((training[0].Number("cy") + validation[2].Number("cy")) / 2, training[1].Number("cy"), 0.011);
        Assert.Equal((training[0].Number("cx") + training[2].Number("cx")) / 2, training[1].Number("cx"), 0.011);
        Assert.Equal(["0", "1", "2", "3", "4"], page.All("text", "fv-y").Select(t => t.Value));
        Assert.Equal(["1", "2", "3"], page.All("text", "fv-x").Select(t => t.Value));
        Assert.Equal(["training", "validation"], page.All("text", "fv-legend").Select(t => t.Value));
        Assert.Contains(page.All("text"), t => t.Value == "nats");
    }

    [Fact]
    public void Draw_NotFiniteValues_AreGaps()
    {
        var page = Charts.Page(Chart(("a", [1, 2, double.NaN, 4, double.PositiveInfinity, 6, 5])));
        Charts.AssertSound(page);
        var line = Assert.Single(page.All("path", "fv-line"));
        // Three pieces, the middle one a single point, which its dot shows.
        Assert.Equal("MLMML", string.Concat(line.Attribute("d")!.Value.Where(char.IsLetter)));
        Assert.Equal(["epoch 1: 1", "epoch 2: 2", "epoch 4: 4", "epoch 6: 6", "epoch 7: 5"], page.All("circle").Select(c => c.Hover()));
        Assert.Contains("5 values, first 1, last 5, lowest 1, highest 6", page.Words());
    }

    [Fact]
    public void Draw_Logarithmic_ZeroAndBelowAreGaps()
    {
        var page = Charts.Page(new LineChart { Title = "Rate", XLabel = "x", YLabel = "y", IsLogarithmic = true, Series = [new("a", [(1, 1), (2, 0), (3, 0.1), (4, -1), (5, 0.01)])] });
        Charts.AssertSound(page);
        var dots = page.All("circle").ToList();
        Assert.Equal(["x 1: 1", "x 3: 0.1", "x 5: 0.01"], dots.Select(c => c.Hover()));
        Assert.Equal((dots[0].Number("cy") + dots[2].Number("cy")) / 2, dots[1].Number("cy"), 0.011);
        Assert.Equal(["0.01", "0.1", "1"], page.All("text", "fv-y").Select(t => t.Value));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN, double.NegativeInfinity })]
    public void Draw_NoValues_SaysSo(double[] values)
    {
        var page = Charts.Page(Chart(("a", values)));
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
        Assert.Empty(page.All("circle"));
        Assert.Contains("a: no values.", page.Words());
    }

    [Fact]
    public void Draw_NoSeries_SaysSo()
    {
        var page = Charts.Page(Chart());
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
    }

    [Theory]
    [InlineData(new[] { 0.25 })]
    [InlineData(new[] { 7.0, 7, 7 })]
    [InlineData(new[] { 0.0, 0 })]
    [InlineData(new[] { -2.0, -2 })]
    [InlineData(new[] { 1e300, -1e300 })]
    [InlineData(new[] { 1e-300, 2e-300 })]
    public void Draw_OneOrEqualOrExtremeValues_ShowsAll(double[] values)
    {
        var page = Charts.Page(Chart(("a", values)));
        Charts.AssertSound(page);
        Assert.Equal(values.Length, page.All("circle", "fv-dot").Count());
    }

    [Fact]
    public void Draw_Mark_StandsAtItsEpoch()
    {
        var chart = Chart(("a", [3, 1, 2]));
        var page = Charts.Page(new LineChart { Title = chart.Title, XLabel = chart.XLabel, YLabel = chart.YLabel, IsXWhole = true, Series = chart.Series, Mark = (2, "best: 2") });
        var dots = page.All("circle").ToList();
        Assert.StartsWith($"M{dots[1].Attribute("cx")!.Value} ", Assert.Single(page.All("path", "fv-mark")).Attribute("d")!.Value);
        Assert.True(dots[1].Number("r") > dots[0].Number("r"));
        Assert.Contains(page.All("text"), t => t.Value == "best: 2");
        Assert.Contains("Marked: best: 2.", page.Words());
    }

    [Fact]
    public void Draw_ManyPoints_TellsSomeAndDrawsWhatIsSeen()
    {
        var page = Charts.Page(Chart(("a", [.. Enumerable.Range(0, 10_000).Select(i => Math.Sin(i / 500.0))])));
        Charts.AssertSound(page);
        // First, lowest, highest and last of each of some 650 columns of pixels.
        Assert.InRange(Assert.Single(page.All("path", "fv-line")).Attribute("d")!.Value.Count(c => c == 'L'), 600, 4 * 720);
        Assert.InRange(page.All("circle", "fv-hidden").Count(), 100, 503);
        Assert.Empty(page.All("circle", "fv-dot"));
    }

    [Fact]
    public void Draw_ManySeries_NoTwoLookAlike()
    {
        var page = Charts.Page(Chart([.. Enumerable.Range(0, 20).Select(i => ($"series {i}", new double[] { i, i + 1 }))]));
        Charts.AssertSound(page);
        Assert.Equal(20, page.All("path", "fv-line").Select(p => p.Attribute("class")!.Value).Distinct().Count());
        // The legend is as wide as the page at most.
        Assert.All(page.All("text", "fv-legend"), t => Assert.InRange(t.Number("x"), 0, 720));
    }

    [Fact]
    public void Draw_NamesWithMarkup_AreText()
    {
        const string name = "<script>alert(1)</script>";
        var page = Charts.Page(Chart((name, [1, 2]), ("Ærø \"x\" & 猫 \u0001\ud800", [2, 1])));
        Charts.AssertSound(page);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName == "script");
        Assert.Equal([name, "Ærø \"x\" & 猫 \uFFFD\uFFFD"], page.All("text", "fv-legend").Select(t => t.Value));
        Assert.Contains(page.All("circle"), c => c.Hover() == $"{name}, epoch 1: 1");
    }
}
