using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class SeriesThinningTests
{
    [Fact]
    public void ByColumn_FewPoints_StayAsTheyAre()
    {
        (double, double)[] points = [(0, 3), (1, 1), (2, 2)];
        Assert.Equal(points, SeriesThinning.ByColumn(points, p => (int)p.X, _ => true));
    }

    [Fact]
    public void ByColumn_ManyPoints_KeepsEndsAndExtremesOfEachColumn()
    {
        var random = new Random(3);
        var points = Enumerable.Range(0, 5000).Select(i => (X: i / 50.0, Y: random.NextDouble())).ToList();
        var kept = SeriesThinning.ByColumn(points, p => (int)p.X, _ => true);
        Assert.InRange(kept.Count, 100 * 2, 100 * 4);
        Assert.Equal(kept.OrderBy(p => p.X), kept);
        foreach (var column in points.GroupBy(p => (int)p.X))
        {
            var own = kept.Where(p => (int)p.X == column.Key).ToList();
            Assert.Equal((column.First(), column.Last(), column.Min(p => p.Y), column.Max(p => p.Y)), (own[0], own[^1], own.Min(p => p.Y), own.Max(p => p.Y)));
        }
    }

    [Fact]
    public void ByColumn_Gaps_Stay()
    {
        (double, double)[] points = [(0, 1), (0.1, double.NaN), (0.2, 2), (0.3, 3), (0.4, 2.5), (0.5, 2.7), (0.6, 2.6), (0.7, double.NaN)];
        Assert.Equal([(0, 1), (0.1, double.NaN), (0.2, 2), (0.3, 3), (0.6, 2.6), (0.7, double.NaN)], SeriesThinning.ByColumn(points, p => 0, p => double.IsFinite(p.Y)));
    }
}
