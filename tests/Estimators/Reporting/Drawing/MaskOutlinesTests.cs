using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class MaskOutlinesTests
{
    private static readonly Color[] _colors = [new(1, 1, 1), new(2, 2, 2), new(3, 3, 3)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Draw_AnyThickness_ColorsWhatIsThatNearToAnotherClass(int thickness)
    {
        const int Width = 23, Height = 17;
        var mask = Blobs(Width, Height);
        var canvas = new Canvas(Width, Height);
        MaskOutlines.Draw(canvas, mask, [_colors[0], null, _colors[2]], thickness);
        for (var at = 0; at < mask.Length; at++)
        {
            var (x, y) = (at % Width, at / Width);
            var nearest = Enumerable.Range(0, mask.Length).Where(i => mask[i] != mask[at]).Min(i => Math.Abs(i % Width - x) + Math.Abs(i / Width - y));
            Assert.Equal(nearest <= thickness && mask[at] != 1 ? _colors[mask[at]] : Color.White, canvas[x, y]);
        }
    }

    [Fact]
    public void Draw_OneClassOnly_HasNoOutline()
    {
        var canvas = new Canvas(4, 4);
        MaskOutlines.Draw(canvas, new byte[16], [_colors[0]], 3);
        Assert.DoesNotContain(canvas.Pixels.ToArray(), b => b != 255);
    }

    /// <summary>Regions of several sizes and shapes: the nearest of a few points decides.</summary>
    private static byte[] Blobs(int width, int height)
    {
        var random = new Random(3);
        var points = Enumerable.Range(0, 7).Select(i => (X: random.Next(width), Y: random.Next(height), Class: (byte)(i % 3))).ToArray();
        return [.. Enumerable.Range(0, width * height).Select(i => points.MinBy(p => (p.X - i % width) * (p.X - i % width) + (p.Y - i / width) * (p.Y - i / width)).Class)];
    }
}
