namespace Fovea.Tests.Augmenting;

public class ErasingTests
{
    private const int Height = 60;
    private const int Width = 90;

    private static RandomErasing Erase(double probability = 1, double low = 0.02, double high = 0.33, EraseFill fill = EraseFill.Black, bool ignore = false) => new(probability, low, high, 0.3, 3.3, fill, ignore);

    /// <summary>The rectangle around what differs from a white image, half-open; null where nothing does.</summary>
    private static (int Top, int Left, int Bottom, int Right)? Rectangle(byte[] pixels, int channels)
    {
        var changed = Enumerable.Range(0, pixels.Length / channels).Where(i => pixels[i * channels] != 255).ToList();
        if (changed.Count == 0)
            return null;
        var r = (changed.Min(i => i / Width), changed.Min(i => i % Width), changed.Max(i => i / Width) + 1, changed.Max(i => i % Width) + 1);
        Assert.Equal(changed.Count, (r.Item3 - r.Item1) * (r.Item4 - r.Item2));
        return r;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Erase_AnySeed_IsARectangleOfScaleAndRatio(int channels)
    {
        var white = Pictures.Constant(Height, Width, channels, 255);
        var (places, portrait) = (new HashSet<(int, int)>(), 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var (top, left, bottom, right) = Rectangle(Pictures.Apply(Erase(), white, Height, Width, channels, seed), channels)!.Value;
            places.Add((top, left));
            portrait += bottom - top > right - left ? 1 : 0;
            // Each side is rounded to a pixel: at most half a pixel of both.
            Assert.InRange((bottom - top + 0.5) * (right - left + 0.5), 0.02 * Height * Width, double.MaxValue);
            Assert.InRange((bottom - top - 0.5) * (right - left - 0.5), 0, 0.33 * Height * Width);
            Assert.InRange((bottom - top + 0.5) / (right - left - 0.5), 0.3, double.MaxValue);
            Assert.InRange((bottom - top - 0.5) / (right - left + 0.5), 0, 3.3);
        }
        Assert.True(places.Count > 300);
        Assert.InRange(portrait, 120, 250); // both shapes come; an upright one is refused more often on a wide image
    }

    [Fact]
    public void Erase_Half_HappensHalfTheTime()
    {
        var white = Pictures.Constant(Height, Width, 1, 255);
        var erased = Enumerable.Range(0, 1000).Count(seed => Rectangle(Pictures.Apply(Erase(0.5), white, Height, Width, 1, seed), 1) is not null);
        Assert.InRange(erased, 500 - 79, 500 + 79); // five standard deviations of sqrt(1000) / 2
    }

    [Fact]
    public void Erase_OfAWholeImage_FitsNowhereAndChangesNothing()
    {
        var image = Pictures.Image(Height, Width, 3);
        Assert.Equal(image, Pictures.Apply(new RandomErasing(1, 1, 1, 1, 1, EraseFill.Black, false), image, Height, Width, 3));
        Assert.Equal([9], Pictures.Apply(Erase(), [9], 1, 1, 1));
    }

    [Fact]
    public void Erase_WithTheMean_WritesTheImagesMeanColor()
    {
        var image = Pictures.Image(Height, Width, 3);
        var erased = Pictures.Apply(Erase(fill: EraseFill.Mean), image, Height, Width, 3);
        var mean = Enumerable.Range(0, 3).Select(c => (byte)Math.Round(Enumerable.Range(0, Height * Width).Average(i => (double)image[i * 3 + c]))).ToArray();
        var changed = Enumerable.Range(0, Height * Width).Where(i => !image.AsSpan(i * 3, 3).SequenceEqual(erased.AsSpan(i * 3, 3))).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, i => Assert.Equal(mean, erased[(i * 3)..(i * 3 + 3)]));
    }

    [Fact]
    public void Erase_WithNoise_WritesEveryLevel()
    {
        var erased = Pictures.Apply(Erase(low: 0.3, fill: EraseFill.Noise), Pictures.Constant(Height, Width, 3, 255), Height, Width, 3);
        Assert.Equal(256, erased.Distinct().Count());
        Assert.InRange(erased.Where(p => p != 255).Average(p => (double)p), 122, 132); // some 4,900 numbers of deviation 74: five errors of 1.05
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Erase_AndTheMask_IgnoresItOnlyWhereAsked(bool ignore)
    {
        foreach (var step in new SampleStep[] { Erase(ignore: ignore), new Cutout(0.5, 1, EraseFill.Black, ignore) })
        {
            var sample = Pictures.Sample(Pictures.Constant(Height, Width, 1, 255), Height, Width, 1);
            step.Apply(sample, Pictures.Random(1));
            for (var i = 0; i < sample.Mask.Length; i++)
                Assert.Equal(ignore && sample.Pixels[i] == 0 ? Sample.Ignored : i % 7, sample.Mask[i]);
            Assert.Equal([new SampleBox(0.5f, 0.25f, Width - 0.25f, Height - 0.5f, 3)], sample.Boxes);
            Assert.Contains((byte)0, sample.Pixels.ToArray());
        }
    }

    [Fact]
    public void Cutout_AnySeed_IsASquareCutAtTheEdge()
    {
        var white = Pictures.Constant(Height, Width, 1, 255);
        var (whole, cut) = (0, 0);
        for (var seed = 0; seed < 500; seed++)
        {
            var (top, left, bottom, right) = Rectangle(Pictures.Apply(new Cutout(0.5, 1, EraseFill.Black, false), white, Height, Width, 1, seed), 1)!.Value;
            Assert.True(bottom - top == 30 || top == 0 || bottom == Height);
            Assert.True(right - left == 30 || left == 0 || right == Width);
            Assert.InRange(bottom - top, 15, 30);
            Assert.InRange(right - left, 15, 30);
            if (bottom - top == 30 && right - left == 30)
                whole++;
            else
                cut++;
        }
        // The center is at least 15 from every edge with probability 31/60 * 61/90 = 0.350: 175 of 500, five deviations of 10.7.
        Assert.InRange(whole, 175 - 54, 175 + 54);
    }

    [Fact]
    public void Cutout_OfNothing_ChangesNothing()
    {
        var image = Pictures.Image(Height, Width, 3);
        Assert.Equal(image, Pictures.Apply(new Cutout(0, 1, EraseFill.Black, false), image, Height, Width, 3));
        Assert.Equal(image, Pictures.Apply(new Cutout(0.5, 0, EraseFill.Black, false), image, Height, Width, 3));
        Assert.All(Pictures.Apply(new Cutout(1, 1, EraseFill.Black, false), [200], 1, 1, 1), p => Assert.Equal(0, p));
    }
}
