namespace Fovea.Tests.Augmenting;

public class WarpTests
{
    private static readonly EdgeFill[] _fills = [EdgeFill.Zero, EdgeFill.Grey, EdgeFill.Edge, EdgeFill.Reflect];

    private static double Mirrored(double at, int size)
    {
        if (size == 1)
            return 0;
        for (; at < 0 || at > size - 1;)
            at = at < 0 ? -at : 2 * (size - 1) - at;
        return at;
    }

    /// <summary>Bilinear at a place between pixel centers, pixel by pixel and in 64 bits; null outside.</summary>
    private static double? Bilinear(Sample sample, double x, double y, int channel, EdgeFill fill)
    {
        var (height, width) = (sample.Height, sample.Width);
        if (fill.IsColor && !(x >= -0.5 && x < width - 0.5 && y >= -0.5 && y < height - 0.5))
            return null;
        (x, y) = fill.IsReflect ? (Mirrored(x, width), Mirrored(y, height)) : (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
        var (left, top) = ((int)x, (int)y);
        double At(int row, int column) => sample.Pixels[(Math.Min(row, height - 1) * width + Math.Min(column, width - 1)) * sample.Channels + channel];
        var (right, lower) = (x - left, y - top);
        return (At(top, left) * (1 - right) + At(top, left + 1) * right) * (1 - lower) + (At(top + 1, left) * (1 - right) + At(top + 1, left + 1) * right) * lower;
    }

    private static bool IsBetweenPixels(double at) => Math.Abs(at - Math.Round(at)) < 1e-4;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 9, 3)]
    [InlineData(9, 1, 3)]
    [InlineData(2, 2, 1)]
    [InlineData(7, 8, 3)]
    [InlineData(33, 29, 3)]
    [InlineData(31, 40, 1)]
    public void Apply_AnyMap_MatchesTheNaiveLoop(int height, int width, int channels)
    {
        Homography[] maps =
        [
            Homography.Affine(width * 0.5, height * 0.5, 31, 1, -2, 0.8, 7),
            Homography.Affine(width * 0.5, height * 0.5, -140, 0, 0, 1.7, -20),
            new(0.9137, 0.2071, 0.31, -0.1033, 1.1059, 0.2173, 0.0041, -0.0029),
        ];
        foreach (var map in maps)
            foreach (var fill in _fills)
            {
                var (before, after) = (Drawn.Noisy(height, width, channels), Drawn.Noisy(height, width, channels));
                Warp.Apply(after, map, fill);
                byte[] color = channels == 1 ? [fill.Luminance] : [fill.Red, fill.Green, fill.Blue];
                for (var y = 0; y < height; y++)
                    for (var x = 0; x < width; x++)
                    {
                        var (fromX, fromY) = map.Of(x + 0.5, y + 0.5);
                        // Where two pixels meet, 32 bits and 64 may fall on two sides.
                        if (IsBetweenPixels(fromX) || IsBetweenPixels(fromY))
                            continue;
                        for (var c = 0; c < channels; c++)
                            // Half a level is rounding; weights of 14 bits and places of 24 bits add less than a tenth.
                            Assert.Equal(Bilinear(before, fromX - 0.5, fromY - 0.5, c, fill) ?? color[c], after.Pixels[(y * width + x) * channels + c], 0.6);
                        if (!fill.IsReflect)
                        {
                            var isOutside = fill.IsColor && !(fromX >= 0 && fromX < width && fromY >= 0 && fromY < height);
                            Assert.Equal(isOutside ? Sample.Ignored : before.Mask[(int)Math.Clamp(fromY, 0, height - 1) * width + (int)Math.Clamp(fromX, 0, width - 1)], after.Mask[y * width + x]);
                        }
                    }
            }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 7, 3)]
    [InlineData(8, 8, 3)]
    [InlineData(301, 211, 3)]
    [InlineData(37, 1000, 1)]
    public void Apply_ScaleOneRotateZero_IsTheIdentityBitForBit(int height, int width, int channels)
    {
        var box = new SampleBox(0, 0, 1, 0.5f, 4);
        foreach (var fill in _fills)
        {
            var (before, after) = (Drawn.Noisy(height, width, channels, box), Drawn.Noisy(height, width, channels, box));
            new RandomAffine(0, 1, 1, 0, 0, fill).Apply(after, Drawn.Seeded(5));
            Assert.Equal(before.Pixels, after.Pixels);
            Assert.Equal(before.Mask, after.Mask);
            Assert.Equal(before.Boxes, after.Boxes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Apply_ConstantImage_StaysConstantWithEdgeAndReflect(int channels)
    {
        SampleStep[] steps =
        [
            new RandomAffine(180, 0.3, 3, 0.5, 40, EdgeFill.Edge), new RandomAffine(180, 0.3, 3, 0.5, 40, EdgeFill.Reflect),
            new RandomPerspective(0.65, 1, EdgeFill.Edge), new RandomPerspective(0.65, 1, EdgeFill.Reflect),
            new ElasticWarp(200, 3, EdgeFill.Edge), new ElasticWarp(200, 3, EdgeFill.Reflect),
        ];
        foreach (var step in steps)
            for (var seed = 0; seed < 20; seed++)
            {
                var constant = new byte[19 * 23 * channels];
                constant.AsSpan().Fill((byte)(seed * 13 + 7));
                var sample = Drawn.Of(19, 23, channels, constant, constant[..(19 * 23)]);
                step.Apply(sample, Drawn.Seeded(seed));
                Assert.Equal(constant, sample.Pixels);
                Assert.Equal(constant[..(19 * 23)], sample.Mask);
            }
    }

    [Fact]
    public void Apply_MaskPaintedAsTheImage_MovesAsTheImageDoes()
    {
        SampleStep[] steps = [new RandomAffine(40, 0.7, 1.4, 0.2, 15, EdgeFill.Zero), new RandomPerspective(0.6, 1, EdgeFill.Zero), new ElasticWarp(60, 4, EdgeFill.Zero)];
        foreach (var step in steps)
            for (var seed = 0; seed < 20; seed++)
            {
                var sample = Drawn.Rectangle(60, 50, 1, 12, 15, 40, 44);
                step.Apply(sample, Drawn.Seeded(seed));
                var compared = 0;
                for (var i = 0; i < sample.Pixels.Length; i++)
                    // Where all four neighbors are light the nearest is; where all are dark, it is not.
                    if (sample.Pixels[i] is 0 or 255)
                    {
                        compared++;
                        Assert.Equal(sample.Pixels[i] == 255 ? 1 : 0, sample.Mask[i] == Sample.Ignored ? 0 : sample.Mask[i]);
                    }
                Assert.True(compared > 2000, $"{compared} of 3000 pixels compared");
            }
    }

    [Fact]
    public void Apply_BoxAroundARectangle_StillBoundsIt()
    {
        SampleStep[] steps = [new RandomAffine(30, 0.7, 1.4, 0.2, 15, EdgeFill.Zero), new RandomPerspective(0.6, 1, EdgeFill.Zero), new ElasticWarp(60, 4, EdgeFill.Zero)];
        foreach (var step in steps)
            for (var seed = 0; seed < 40; seed++)
            {
                var sample = Drawn.Rectangle(80, 90, 3, 30, 25, 62, 50);
                step.Apply(sample, Drawn.Seeded(seed));
                var box = Assert.Single(sample.Boxes);
                var (x0, y0, x1, y1) = Drawn.Found(sample)!.Value;
                // A pixel counts by its center, so the box may end half a pixel before it; a turned corner is a tip, which no
                // pixel's center need hit. Elastic boxes are those of the pixels.
                var (inner, outer) = step is ElasticWarp ? (0, 0) : (0.5, 2.0);
                Assert.InRange(x0 - box.X0, -inner, outer);
                Assert.InRange(y0 - box.Y0, -inner, outer);
                Assert.InRange(box.X1 - x1, -inner, outer);
                Assert.InRange(box.Y1 - y1, -inner, outer);
                Assert.Equal(3, box.Label);
            }
    }

    [Fact]
    public void Draw_WithoutVectors_GivesTheSameBits()
    {
        foreach (var channels in (int[])[1, 3])
        {
            var pixels = Drawn.Noise(20 * 12 * channels + 16);
            for (var seed = 0; seed < 50; seed++)
            {
                var random = new Random(seed);
                var (at, upper, under) = (new int[8], new int[8], new int[8]);
                for (var i = 0; i < 8; i++)
                {
                    at[i] = (random.Next(11) * 20 + random.Next(19)) * channels;
                    var (right, lower) = (random.Next(WarpPixels.One + 1), random.Next(WarpPixels.One + 1));
                    var both = (int)((long)right * lower >> WarpPixels.Bits);
                    upper[i] = (WarpPixels.One - right - lower + both) | (right - both) << 16;
                    under[i] = (lower - both) | both << 16;
                }
                var (places, first, second) = (System.Runtime.Intrinsics.Vector256.Create(at), System.Runtime.Intrinsics.Vector256.Create(upper), System.Runtime.Intrinsics.Vector256.Create(under));
                Assert.Equal(WarpPixels.EightOneByOne(ref pixels[0], places, 20 * channels, channels, first, second), WarpPixels.Eight(ref pixels[0], places, 20 * channels, channels, first, second));
            }
        }
    }
}
