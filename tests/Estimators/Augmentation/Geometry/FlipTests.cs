namespace Fovea.Tests.Augmenting;

public class FlipTests
{
    private const int Height = 5;
    private const int Width = 7;

    private static byte[] Apply(SampleStep step, byte[] image, int channels, int seed)
    {
        var sample = Drawn.Of(Height, Width, channels, image);
        step.Apply(sample, Drawn.Seeded(seed));
        return sample.Pixels.ToArray();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Flip_Always_MirrorsRows(int channels)
    {
        var image = Drawn.Noise(Height * Width * channels);
        var flip = new RandomHorizontalFlip(1);
        var once = Apply(flip, image, channels, 0);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < channels; c++)
                    Assert.Equal(image[(y * Width + x) * channels + c], once[(y * Width + Width - 1 - x) * channels + c]);
        Assert.Equal(image, Apply(flip, once, channels, 0));
        Assert.Equal(image, Apply(new RandomHorizontalFlip(0), image, channels, 0));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 4, 3)]
    [InlineData(3, 5, 3)]
    [InlineData(2, 6, 3)]
    [InlineData(9, 37, 3)]
    [InlineData(8, 64, 1)]
    public void Flips_ImageMaskAndBoxes_MoveAsTheNaiveLoopSays(int height, int width, int channels)
    {
        foreach (var vertical in (bool[])[false, true])
        {
            SampleStep step = vertical ? new RandomVerticalFlip(1) : new RandomHorizontalFlip(1);
            var box = new SampleBox(0.25f, 0, 0.75f, 0.5f, 2, IsCrowd: true);
            var (before, after) = (Drawn.Noisy(height, width, channels, box), Drawn.Noisy(height, width, channels, box));
            step.Apply(after, Drawn.Seeded(0));
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var (fromY, fromX) = vertical ? (height - 1 - y, x) : (y, width - 1 - x);
                    Assert.Equal(before.Mask[fromY * width + fromX], after.Mask[y * width + x]);
                    for (var c = 0; c < channels; c++)
                        Assert.Equal(before.Pixels[(fromY * width + fromX) * channels + c], after.Pixels[(y * width + x) * channels + c]);
                }
            Assert.Equal(vertical ? box with { Y0 = height - 0.5f, Y1 = height } : box with { X0 = width - 0.75f, X1 = width - 0.25f }, Assert.Single(after.Boxes));
            step.Apply(after, Drawn.Seeded(0));
            Assert.Equal(before.Pixels, after.Pixels);
            Assert.Equal(before.Mask, after.Mask);
            Assert.Equal(before.Boxes, after.Boxes);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 5, 3)]
    [InlineData(7, 4, 3)]
    [InlineData(40, 67, 1)]
    public void QuarterTurn_FourTimes_IsTheIdentity(int height, int width, int channels)
    {
        var box = new SampleBox(0, 0.25f, 0.5f, 1, 2);
        var (before, after) = (Drawn.Noisy(height, width, channels, box), Drawn.Noisy(height, width, channels, box));
        RandomQuarterTurn.Turn(after, 1);
        Assert.Equal((width, height), (after.Height, after.Width));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = (width - 1 - x) * height + y;
                Assert.Equal(before.Mask[y * width + x], after.Mask[at]);
                Assert.Equal(before.Pixels.Slice((y * width + x) * channels, channels), after.Pixels.Slice(at * channels, channels));
            }
        Assert.Equal(box with { X0 = 0.25f, Y0 = width - 0.5f, X1 = 1, Y1 = width }, Assert.Single(after.Boxes));
        var other = Drawn.Noisy(height, width, channels, box);
        RandomQuarterTurn.Turn(other, 3);
        RandomQuarterTurn.Turn(after, 2);
        Assert.Equal(other.Pixels, after.Pixels);
        Assert.Equal(other.Mask, after.Mask);
        Assert.Equal(other.Boxes, after.Boxes);
        RandomQuarterTurn.Turn(after, 1);
        Assert.Equal(before.Pixels, after.Pixels);
        Assert.Equal(before.Mask, after.Mask);
        Assert.Equal(before.Boxes, after.Boxes);
    }

    [Fact]
    public void Rotate90_AnySeed_TurnsSquaresFourWaysAndOthersTwo()
    {
        var (square, wide) = (new HashSet<string>(), new HashSet<string>());
        for (var seed = 0; seed < 60; seed++)
        {
            var (one, two) = (Drawn.Noisy(4, 4, 1), Drawn.Noisy(3, 5, 1));
            new RandomQuarterTurn().Apply(one, Drawn.Seeded(seed));
            new RandomQuarterTurn().Apply(two, Drawn.Seeded(seed));
            square.Add(Convert.ToHexString(one.Pixels));
            wide.Add(Convert.ToHexString(two.Pixels));
            Assert.Equal((3, 5), (two.Height, two.Width));
        }
        Assert.Equal((4, 2), (square.Count, wide.Count));
    }

    [Fact]
    public void Flip_Half_HappensHalfTheTime()
    {
        var image = Drawn.Noise(Height * Width);
        var flipped = Enumerable.Range(0, 2000).Count(seed => !Apply(new RandomHorizontalFlip(0.5), image, 1, seed).SequenceEqual(image));
        // Five standard deviations: 5 * sqrt(2000) / 2 = 112.
        Assert.InRange(flipped, 888, 1112);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Flip_OutOfBounds_IsRefused(double probability) =>
        Assert.Equal(probability, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Flip(probability)).ActualValue);
}
