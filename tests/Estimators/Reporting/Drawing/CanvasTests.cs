using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class CanvasTests
{
    private static readonly Color Red = new(200, 10, 20);

    private static Canvas Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new Canvas(width, height, 3, pixels);
    }

    /// <summary>Calls a slow obvious rule for each pixel and compares.</summary>
    private static void AssertPixels(Canvas canvas, Func<int, int, Color> expected)
    {
        for (var y = 0; y < canvas.Height; y++)
            for (var x = 0; x < canvas.Width; x++)
                Assert.True(expected(x, y) == canvas[x, y], $"({x}, {y}): wanted {expected(x, y)}, got {canvas[x, y]}");
    }

    [Fact]
    public void New_Canvas_IsWhite() => AssertPixels(new Canvas(3, 2), (_, _) => Color.White);

    [Fact]
    public void New_GreyPixels_FillAllChannels() => AssertPixels(new Canvas(2, 2, 1, [1, 2, 3, 4]), (x, y) => new Color((byte)(1 + x + 2 * y), (byte)(1 + x + 2 * y), (byte)(1 + x + 2 * y)));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(-1, 5)]
    [InlineData(100_000, 100_000)]
    public void New_ImpossibleSize_Throws(int width, int height) => Assert.Throws<ArgumentOutOfRangeException>(() => new Canvas(width, height));

    [Fact]
    public void New_PixelsOfAnotherSize_Throws() => Assert.Throws<ArgumentException>(() => new Canvas(2, 2, 3, new byte[11]));

    [Theory]
    [InlineData(2, 1, 5, 4)]
    [InlineData(-3, -2, 4, 3)]
    [InlineData(6, 5, 100, 100)]
    [InlineData(0, 0, 8, 7)]
    [InlineData(4, 4, 4, 6)]
    [InlineData(5, 3, 2, 1)]
    [InlineData(20, 20, 30, 30)]
    [InlineData(-9, -9, -2, -2)]
    public void Fill_AnyRectangle_IsTheHalfOpenOne(int x0, int y0, int x1, int y1)
    {
        var (canvas, before) = (Noise(8, 7, 1), Noise(8, 7, 1));
        canvas.Fill(x0, y0, x1, y1, Red);
        AssertPixels(canvas, (x, y) => x >= x0 && x < x1 && y >= y0 && y < y1 ? Red : before[x, y]);
    }

    [Theory]
    [InlineData(2, 2, 12, 10, 1)]
    [InlineData(2, 2, 12, 10, 3)]
    [InlineData(-4, -4, 9, 20, 2)]
    [InlineData(3, 3, 6, 6, 2)]
    [InlineData(3, 3, 5, 12, 4)]
    [InlineData(4, 4, 4, 4, 2)]
    public void Outline_AnyRectangle_IsWithinThicknessOfItsSides(int x0, int y0, int x1, int y1, int thickness)
    {
        var (canvas, before) = (Noise(15, 13, 2), Noise(15, 13, 2));
        canvas.Outline(x0, y0, x1, y1, thickness, Red);
        AssertPixels(canvas, (x, y) =>
        {
            var inside = x >= x0 && x < x1 && y >= y0 && y < y1;
            return inside && (x - x0 < thickness || x1 - 1 - x < thickness || y - y0 < thickness || y1 - 1 - y < thickness) ? Red : before[x, y];
        });
    }

    [Fact]
    public void Blend_EveryCoverage_IsTheRoundedMean()
    {
        for (var coverage = 0; coverage <= 255; coverage++)
        {
            var canvas = new Canvas(1, 1, 3, [17, 255, 100]);
            canvas.Blend(0, 0, new Color(240, 0, 100), coverage);
            Assert.Equal(new Color(Mean(17, 240), Mean(255, 0), 100), canvas[0, 0]);

            byte Mean(int below, int above) => (byte)Math.Round(below + (above - below) * (coverage / 255m), MidpointRounding.AwayFromZero);
        }
    }

    [Fact]
    public void Blend_OutsideTheCanvas_DoesNothing()
    {
        var canvas = new Canvas(2, 2);
        foreach (var (x, y) in new[] { (-1, 0), (0, -1), (2, 0), (0, 2), (int.MaxValue, 0), (0, int.MinValue) })
            canvas.Blend(x, y, Red, 255);
        AssertPixels(canvas, (_, _) => Color.White);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(-2, -3)]
    [InlineData(9, 7)]
    [InlineData(40, 40)]
    public void Draw_SameSize_CopiesWhatLiesWithin(int left, int top)
    {
        var (canvas, before, picture) = (Noise(12, 9, 3), Noise(12, 9, 3), Noise(6, 5, 4));
        canvas.Draw(picture, left, top, 6, 5);
        AssertPixels(canvas, (x, y) => x >= left && x < left + 6 && y >= top && y < top + 5 ? picture[x - left, y - top] : before[x, y]);
    }

    [Fact]
    public void Draw_ThreeTimesLarger_RepeatsPixels()
    {
        var (canvas, picture) = (new Canvas(12, 9), Noise(4, 3, 5));
        canvas.Draw(picture, 0, 0, 12, 9);
        AssertPixels(canvas, (x, y) => picture[x / 3, y / 3]);
    }

    [Fact]
    public void Draw_Smaller_IsTheLibrarysOwnResize()
    {
        var (canvas, picture) = (new Canvas(7, 5), Noise(40, 30, 6));
        canvas.Draw(picture, 0, 0, 7, 5);
        byte[] source = [.. picture.Pixels, .. new byte[AntialiasResize.Padding]];
        var expected = new byte[7 * 5 * 3];
        new AntialiasResize().Run(source, 3, expected, ImagePlacement.Of(40, 30, 7, 5, ResizeMode.Stretch));
        Assert.True(expected.AsSpan().SequenceEqual(canvas.Pixels));
    }

    [Fact]
    public void DrawMask_Opaque_ShowsEachClassByTheNearestPixel()
    {
        var (canvas, before) = (Noise(10, 8, 7), Noise(10, 8, 7));
        byte[] mask = [0, 1, 2, 9];
        Color?[] colors = [null, Red, Color.Black];
        canvas.DrawMask(mask, 2, 2, 1, 2, 8, 6, colors, 1);
        AssertPixels(canvas, (x, y) =>
        {
            if (x < 1 || x >= 9 || y < 2)
                return before[x, y];
            var index = mask[(y - 2) / 3 * 2 + (x - 1) / 4];
            return index < 3 && colors[index] is { } color ? color : before[x, y];
        });
    }

    [Fact]
    public void DrawMaskEdges_TwoClasses_LinesWhereTheyMeet()
    {
        var canvas = new Canvas(4, 3, 1, new byte[12]);
        canvas.DrawMaskEdges([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1], 255);
        AssertPixels(canvas, (x, y) => (x, y) is (1, 0) or (1, 1) or (2, 1) or (2, 2) ? Color.White : Color.Black);
    }

    [Fact]
    public void DrawMask_HalfOpaque_MixesHalf()
    {
        var canvas = new Canvas(1, 1, 3, [0, 100, 255]);
        canvas.DrawMask([0], 1, 1, 0, 0, 1, 1, [new Color(255, 100, 0)], 0.5);
        Assert.Equal(new Color(128, 100, 127), canvas[0, 0]); // 128 of 255 is the nearest to a half
    }
}
