using Fovea.Data;

namespace Fovea.Tests.Data;

public class ImagePlacementTests
{
    public static TheoryData<int, int, int, int, ResizeMode> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int, int, ResizeMode>();
            foreach (var mode in Enum.GetValues<ResizeMode>())
                foreach (var (width, height, w, h) in new[] { (640, 480, 256, 256), (7, 5, 20, 11), (100, 30, 30, 100), (16, 16, 16, 16), (1, 9, 4, 4), (33, 48, 17, 48) })
                    cases.Add(width, height, w, h, mode);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ToSource_OfToSample_IsTheBoxWhereItIsSeen(int width, int height, int w, int h, ResizeMode mode)
    {
        var placement = ImagePlacement.Of(width, height, w, h, mode);
        var seen = new SampleBox(placement.Left, placement.Top, placement.Right, placement.Bottom, 3);
        foreach (var box in new[] { seen, seen with { X1 = (seen.X0 + seen.X1) / 2, Y0 = (seen.Y0 + seen.Y1) / 2 } })
        {
            var inside = placement.ToSample(box);
            var back = placement.ToSource(inside);
            // Single precision of coordinates up to 640, twice scaled.
            Assert.Equal(box.X0, back.X0, 2e-4f);
            Assert.Equal(box.Y0, back.Y0, 2e-4f);
            Assert.Equal(box.X1, back.X1, 2e-4f);
            Assert.Equal(box.Y1, back.Y1, 2e-4f);
            Assert.Equal(3, back.Label);
            Assert.InRange(inside.X0, -1e-3f, w + 1e-3f);
            Assert.InRange(inside.Y1, -1e-3f, h + 1e-3f);
        }
    }

    [Theory]
    [InlineData(640, 480, 256, 256, ResizeMode.Stretch, 0.4, 256 / 480.0, 0, 0)]
    [InlineData(640, 480, 256, 256, ResizeMode.Letterbox, 0.4, 0.4, 0, 32)]
    [InlineData(480, 640, 256, 256, ResizeMode.Letterbox, 0.4, 0.4, 32, 0)]
    [InlineData(640, 480, 240, 240, ResizeMode.Crop, 0.5, 0.5, -40, 0)]
    [InlineData(640, 480, 100, 500, ResizeMode.None, 1, 1, -270, 10)]
    public void Of_Mode_ScalesAndMoves(int width, int height, int w, int h, ResizeMode mode, double scaleX, double scaleY, double offsetX, double offsetY)
    {
        var placement = ImagePlacement.Of(width, height, w, h, mode);
        // Edges are kept in 32 bits.
        Assert.Equal(scaleX, placement.ScaleX, 1e-6);
        Assert.Equal(scaleY, placement.ScaleY, 1e-6);
        Assert.Equal(offsetX, placement.OffsetX, 1e-4);
        Assert.Equal(offsetY, placement.OffsetY, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LayMask_AnyMode_TakesThePixelUnderEachCenter(int width, int height, int w, int h, ResizeMode mode)
    {
        var placement = ImagePlacement.Of(width, height, w, h, mode);
        var source = new byte[width * height];
        for (var i = 0; i < source.Length; i++)
            source[i] = (byte)(i * 7 % 251);
        var laid = new byte[w * h];
        placement.LayMask(source, laid);
        for (var y = 0; y < h; y++)
            for (var x = 0; x < w; x++)
            {
                var (sx, sy) = ((x + 0.5 - placement.OffsetX) / placement.ScaleX, (y + 0.5 - placement.OffsetY) / placement.ScaleY);
                var isInside = x >= placement.X && x < placement.X + placement.PartWidth && y >= placement.Y && y < placement.Y + placement.PartHeight;
                // A center on the border between two pixels may fall to either by rounding.
                byte[] allowed = isInside ? [At(sx - 1e-4, sy - 1e-4), At(sx + 1e-4, sy + 1e-4), At(sx - 1e-4, sy + 1e-4), At(sx + 1e-4, sy - 1e-4)] : [Sample.Ignored];
                Assert.Contains(laid[y * w + x], allowed);
            }

        byte At(double x, double y) => source[Math.Clamp((int)y, 0, height - 1) * width + Math.Clamp((int)x, 0, width - 1)];
    }

    [Theory]
    [InlineData(40, 30, 80, 60, ResizeMode.Stretch)]
    [InlineData(40, 30, 120, 120, ResizeMode.Letterbox)]
    [InlineData(40, 30, 64, 50, ResizeMode.None)]
    public void RestoreMask_OfAMaskLaidLarger_IsTheMask(int width, int height, int w, int h, ResizeMode mode)
    {
        var placement = ImagePlacement.Of(width, height, w, h, mode);
        var (source, laid, back) = (new byte[width * height], new byte[w * h], new byte[width * height]);
        new Random(1).NextBytes(source);
        placement.LayMask(source, laid);
        placement.RestoreMask(laid, back);
        Assert.Equal(source, back);
    }

    [Fact]
    public void RestoreMask_OfACrop_IgnoresWhatWasNotSeen()
    {
        var placement = ImagePlacement.Of(20, 10, 10, 10, ResizeMode.Crop);
        var back = new byte[200];
        placement.RestoreMask(Enumerable.Repeat((byte)3, 100).ToArray(), back);
        for (var x = 0; x < 20; x++)
            Assert.Equal(x is >= 5 and < 15 ? 3 : Sample.Ignored, back[4 * 20 + x]);
    }

    [Fact]
    public void LayMask_Flipped_IsTheFlippedMask()
    {
        var placement = ImagePlacement.Of(31, 9, 12, 12, ResizeMode.Letterbox);
        var (source, flipped) = (new byte[31 * 9], new byte[31 * 9]);
        new Random(2).NextBytes(source);
        for (var i = 0; i < source.Length; i++)
            flipped[i] = source[i / 31 * 31 + 30 - i % 31];
        var (laid, laidFlipped) = (new byte[144], new byte[144]);
        placement.LayMask(source, laid);
        placement.LayMask(flipped, laidFlipped);
        for (var i = 0; i < laid.Length; i++)
            Assert.Equal(laid[i], laidFlipped[i / 12 * 12 + 11 - i % 12]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DecodedAt_HalfTheSize_ShowsTheSamePart(int width, int height, int w, int h, ResizeMode mode)
    {
        var whole = ImagePlacement.Of(width, height, w, h, mode);
        var half = whole.DecodedAt((width + 1) / 2, (height + 1) / 2);
        Assert.Equal((whole.X, whole.Y, whole.PartWidth, whole.PartHeight), (half.X, half.Y, half.PartWidth, half.PartHeight));
        Assert.Equal(whole.Left / width, half.Left / half.SourceWidth, 1e-6f);
        Assert.Equal(whole.Bottom / height, half.Bottom / half.SourceHeight, 1e-6f);
        Assert.True(half.Right <= half.SourceWidth && half.Bottom <= half.SourceHeight);
    }

    [Fact]
    public void OfRegion_Rectangle_FillsTheSample()
    {
        var placement = ImagePlacement.OfRegion(100, 80, 10, 20, 60, 40, 25, 20);
        var box = placement.ToSample(new SampleBox(10, 20, 60, 40, 0));
        Assert.Equal((0f, 0f, 25f, 20f), (box.X0, box.Y0, box.X1, box.Y1));
    }
}
