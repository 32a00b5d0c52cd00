using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class CurveChartTests
{
    private static CurveChart Chart(bool isStepped, params (double X, double Y, double Threshold)[] points) => new()
    {
        Title = "Curves", XLabel = "recall", YLabel = "precision", IsStepped = isStepped, Series = [new("cat", 0.75, points), new("dog", 0.5, [(0.5, 0.5, 0.5)])],
    };

    [Fact]
    public void Draw_Points_LieOnAxesFromZeroToOne()
    {
        var page = Charts.Page(Chart(false, (0, 0, double.PositiveInfinity), (0.25, 0.75, 0.9), (1, 1, 0.1)));
        Charts.AssertSound(page);
        var spots = page.All("circle", "fv-s0").ToList();
        // Nothing is taken from an infinite score on, so that point has no value to tell.
        Assert.Equal(["cat (0.7500), from score 0.9 on: recall 25 %, precision 75 %", "cat (0.7500), from score 0.1 on: recall 100 %, precision 100 %"], spots.Select(s => s.Hover()));
        var middle = Assert.Single(page.All("circle", "fv-s1"));
        // A half lies in the middle; a quarter half way from there to 1, mirrored. Coordinates are rounded to 0.01.
        Assert.Equal((spots[1].Number("cy") + middle.Number("cy")) / 2, spots[0].Number("cy"), 0.011);
        Assert.Equal("MLL", Letters(page));
        Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], page.All("text", "fv-x").Select(t => t.Value));
        Assert.Contains("precision over recall. cat (0.7500); dog (0.5000).", page.Words());
    }

    [Fact]
    public void Draw_Stepped_KeepsAPrecisionUntilTheNextRecall()
    {
        var page = Charts.Page(Chart(true, (0.5, 1, 0.9), (1, 0.5, 0.1)));
        // Along the first precision from recall 0, down, along the second.
        Assert.Equal("MHVH", Letters(page));
    }

    [Fact]
    public void Draw_ManyPoints_StaySmallAndReachTheEnd()
    {
        var many = Chart(false, [.. Enumerable.Range(0, 200_001).Select(i => (i / 200_000.0, Math.Sqrt(i / 200_000.0), 1 - i / 200_000.0))]);
        var page = Charts.Page(many);
        Charts.AssertSound(page);
        Assert.InRange(page.ToString().Length, 1000, 60_000);
        var line = page.All("path", "fv-s0").Last().Attribute("d")!.Value;
        var end = line[(line.LastIndexOf('L') + 1)..].Split(' ').Select(double.Parse).ToArray();
        var few = Charts.Page(Chart(false, (0, 0, 1), (1, 1, 0)));
        Assert.Equal(few.All("circle", "fv-s0").Last().Number("cx"), end[0]);
    }

    [Fact]
    public void Draw_WithoutMeaning_SaysSo()
    {
        var page = Charts.Page(new CurveChart { Title = "Curves", XLabel = "x", YLabel = "y", Series = [new("cat", double.NaN, [(double.NaN, double.NaN, 1)])] });
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Value == "no values");
        Assert.Contains("cat (n/a): no values", page.Words());
    }

    private static string Letters(System.Xml.Linq.XElement page) => string.Concat(page.All("path", "fv-s0").Last().Attribute("d")!.Value.Where(char.IsLetter));
}
