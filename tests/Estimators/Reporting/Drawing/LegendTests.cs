using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class LegendTests
{
    private static readonly (string, Color)[] _entries = [("sky", new(1, 2, 3)), ("a longer name", new(4, 5, 6)), ("tree", new(7, 8, 9))];

    [Fact]
    public void New_WidthOfTheWidest_GivesEachALine() =>
        Assert.Equal(3 * new Legend(_entries[..1], 1000).Height, new Legend(_entries, Legend.WidthOf(_entries)).Height);

    [Fact]
    public void Draw_ANarrowLegend_StaysWithinItsSize()
    {
        var legend = new Legend(_entries, 60);
        var canvas = new Canvas(100, legend.Height + 20);
        legend.Draw(canvas, 10, 10);
        for (var y = 0; y < canvas.Height; y++)
            for (var x = 0; x < canvas.Width; x++)
                Assert.True(canvas[x, y] == Color.White || x is >= 10 and < 70 && y >= 10 && y < 10 + legend.Height, $"({x}, {y})");
        foreach (var (_, color) in _entries)
            Assert.Contains(Enumerable.Range(0, canvas.Width * canvas.Height), i => canvas[i % canvas.Width, i / canvas.Width] == color);
    }

    [Fact]
    public void New_NoEntries_HasNoHeight() => Assert.Equal(0, new Legend([], 100).Height);
}
