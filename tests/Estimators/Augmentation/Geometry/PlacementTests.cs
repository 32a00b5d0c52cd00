namespace Fovea.Tests.Augmenting;

public class PlacementTests
{
    /// <summary>Where the naive loop looks; -1 for a color.</summary>
    private static int Source(int at, int size, string fill)
    {
        if (at >= 0 && at < size)
            return at;
        if (fill == "edge" || (fill == "reflect" && size == 1))
            return at < 0 ? 0 : size - 1;
        if (fill != "reflect")
            return -1;
        for (var direction = 0; at < 0 || at >= size; direction++)
            at = at < 0 ? -at : 2 * (size - 1) - at;
        return at;
    }

    [Theory]
    [InlineData("zero", 5, 7, 5, 7, 2, -3)]
    [InlineData("edge", 5, 7, 5, 7, -2, 3)]
    [InlineData("reflect", 5, 7, 5, 7, 2, 3)]
    [InlineData("#0a1420", 5, 7, 9, 11, 2, 2)]
    [InlineData("reflect", 4, 3, 20, 21, 8, 9)]
    [InlineData("edge", 5, 7, 5, 7, 40, -40)]
    [InlineData("zero", 5, 7, 5, 7, -40, 40)]
    [InlineData("zero", 5, 7, 3, 2, -1, -4)]
    [InlineData("reflect", 1, 1, 3, 3, 1, 1)]
    [InlineData("edge", 1, 4, 2, 4, 1, 0)]
    public void Move_AnyFill_MatchesTheNaiveLoop(string fill, int height, int width, int frameHeight, int frameWidth, int top, int left)
    {
        foreach (var channels in (int[])[1, 3])
        {
            var (before, after) = (Drawn.Noisy(height, width, channels), Drawn.Noisy(height, width, channels));
            var parsed = EdgeFill.Parse(fill);
            Placement.Move(after, frameHeight, frameWidth, top, left, parsed);
            Assert.Equal((frameHeight, frameWidth), (after.Height, after.Width));
            byte[] color = channels == 1 ? [parsed.Luminance] : [parsed.Red, parsed.Green, parsed.Blue];
            for (var y = 0; y < frameHeight; y++)
                for (var x = 0; x < frameWidth; x++)
                {
                    var (fromY, fromX) = (Source(y - top, height, fill), Source(x - left, width, fill));
                    var isOutside = fromY < 0 || fromX < 0;
                    Assert.Equal(isOutside ? Sample.Ignored : before.Mask[fromY * width + fromX], after.Mask[y * frameWidth + x]);
                    for (var c = 0; c < channels; c++)
                        Assert.Equal(isOutside ? color[c] : before.Pixels[(fromY * width + fromX) * channels + c], after.Pixels[(y * frameWidth + x) * channels + c]);
                }
        }
    }

    [Fact]
    public void Shift_AnySeed_MovesImageMaskAndBoxesAlike()
    {
        var shifts = new HashSet<(float, float)>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sample = Drawn.Rectangle(12, 14, 3, 4, 5, 8, 7);
            new RandomShift(2, EdgeFill.Zero).Apply(sample, Drawn.Seeded(seed));
            var box = Assert.Single(sample.Boxes);
            Assert.Equal(Drawn.Found(sample), ((int)box.X0, (int)box.Y0, (int)box.X1, (int)box.Y1));
            Assert.Equal(255, sample.Pixels[((int)box.Y0 * 14 + (int)box.X0) * 3]);
            shifts.Add((box.X0, box.Y0));
        }
        Assert.Equal(25, shifts.Count);
    }

    [Fact]
    public void Crop_AnySeed_CutsEveryPlaceAndTheBoxes()
    {
        var places = new HashSet<(int, int)?>();
        for (var seed = 0; seed < 200; seed++)
        {
            var sample = Drawn.Rectangle(6, 7, 3, 3, 3, 4, 4);
            new RandomCrop(4, 4).Apply(sample, Drawn.Seeded(seed));
            Assert.Equal((4, 4), (sample.Height, sample.Width));
            var found = Drawn.Found(sample);
            Assert.Equal(found is null ? [] : [new SampleBox(found.Value.X0, found.Value.Y0, found.Value.X1, found.Value.Y1, 3)], sample.Boxes);
            places.Add(found is null ? null : (found.Value.X0, found.Value.Y0));
        }
        Assert.Equal(12, places.Count);   // 3 x 4 places, in all of which the pixel is seen
    }

    [Theory]
    [InlineData(7, 7, 5, 4, 1, 2)]   // a rest of 3 is halved to 2, as Python's round does
    [InlineData(6, 7, 6, 2, 0, 2)]
    [InlineData(1, 1, 1, 1, 0, 0)]
    public void CenterCrop_OddRest_BeginsWhereTorchvisionDoes(int height, int width, int cropHeight, int cropWidth, int top, int left)
    {
        var (before, after) = (Drawn.Noisy(height, width, 1), Drawn.Noisy(height, width, 1));
        new MiddleCrop(cropHeight, cropWidth).Apply(after, Drawn.Seeded(0));
        for (var y = 0; y < cropHeight; y++)
            Assert.Equal(before.Pixels.Slice((y + top) * width + left, cropWidth), after.Pixels.Slice(y * cropWidth, cropWidth));
    }

    [Fact]
    public void Pad_ThenCenterCrop_IsTheIdentity()
    {
        var box = new SampleBox(1, 1, 3, 4, 0);
        var (before, after) = (Drawn.Noisy(5, 6, 3, box), Drawn.Noisy(5, 6, 3, box));
        var steps = new Augmentation().Pad(4, EdgeFill.Reflect).CenterCrop(5, 6);
        Assert.Equal((13, 14), new Augmentation().Pad(4).SizeAfter(5, 6));
        Assert.Equal((5, 6), steps.SizeAfter(5, 6));
        foreach (SampleStep step in steps.Steps)
            step.Apply(after, Drawn.Seeded(0));
        Assert.Equal(before.Pixels, after.Pixels);
        Assert.Equal(before.Mask, after.Mask);
        Assert.Equal(before.Boxes, after.Boxes);
    }

    [Fact]
    public void Crop_LargerThanTheSample_SaysBothSizes()
    {
        var message = Assert.Throws<ArgumentException>(() => new Augmentation().Crop(32, 40).SizeAfter(36, 36)).Message;
        Assert.Contains("32 x 40", message);
        Assert.Contains("36 x 36", message);
        Assert.Throws<ArgumentException>(() => new RandomCrop(3, 3).Apply(Drawn.Noisy(2, 5, 1), Drawn.Seeded(0)));
        Assert.Throws<ArgumentException>(() => new MiddleCrop(3, 3).Apply(Drawn.Noisy(2, 5, 1), Drawn.Seeded(0)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void ShiftAndPad_OutOfBounds_AreRefused(int pixels)
    {
        Assert.Equal(pixels, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Shift(pixels)).ActualValue);
        Assert.Equal(pixels, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Pad(pixels)).ActualValue);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 20000)]
    public void Crops_OutOfBounds_AreRefused(int height, int width)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Crop(height, width));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().CenterCrop(height, width));
    }
}
