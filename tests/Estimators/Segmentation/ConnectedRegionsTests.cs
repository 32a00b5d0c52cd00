using Fovea.Segmentation;

namespace Fovea.Tests.Segmentation;

public class ConnectedRegionsTests
{
    [Fact]
    public void Label_Spiral_IsOneRegion()
    {
        byte[] spiral =
        [
            1, 1, 1, 1, 1,
            0, 0, 0, 0, 1,
            1, 1, 1, 0, 1,
            1, 0, 0, 0, 1,
            1, 1, 1, 1, 1,
        ];
        var regions = new int[25];
        Assert.Equal(1, ConnectedRegions.Label(spiral, 5, regions));
        Assert.Equal(spiral.Select(v => (int)v), regions);
    }

    [Fact]
    public void Label_CornersOnly_AreRegionsOfTheirOwn()
    {
        var regions = new int[4];
        Assert.Equal(2, ConnectedRegions.Label([1, 0, 0, 1], 2, regions));
        Assert.Equal([1, 0, 0, 2], regions);
    }

    [Fact]
    public void Label_RandomImages_MatchesTheFlood()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (height, width) = (random.Next(1, 20), random.Next(1, 20));
            var values = new byte[height * width];
            foreach (ref var value in values.AsSpan())
                value = (byte)random.Next(3);
            var regions = new int[values.Length];
            var count = ConnectedRegions.Label(values, width, regions);
            Assert.Equal(Flood(values, height, width), regions);
            Assert.Equal(regions.Max(), count);
        }
    }

    private static int[] Flood(byte[] values, int height, int width)
    {
        var regions = new int[values.Length];
        var count = 0;
        for (var start = 0; start < values.Length; start++)
        {
            if (values[start] == 0 || regions[start] != 0)
                continue;
            var open = new Stack<int>([start]);
            regions[start] = ++count;
            while (open.TryPop(out var at))
                foreach (var (dy, dx) in new[] { (0, 1), (0, -1), (1, 0), (-1, 0) })
                {
                    var (y, x) = (at / width + dy, at % width + dx);
                    if (y < 0 || x < 0 || y >= height || x >= width || regions[y * width + x] != 0 || values[y * width + x] != values[start])
                        continue;
                    regions[y * width + x] = count;
                    open.Push(y * width + x);
                }
        }
        return regions;
    }
}
