using System.Text.Json;
using Fovea.Data;
using Fovea.Storage;

namespace Fovea.Tests.Augmenting;

public class AugmentationTests
{
    private const int Height = 5;
    private const int Width = 7;

    private static byte[] Image(int channels)
    {
        var pixels = new byte[Height * Width * channels];
        new Random(channels).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Apply(SampleStep step, byte[] image, int channels, int seed)
    {
        var random = new RowRandom();
        random.Seed(seed, 0, 0);
        var sample = new Sample(channels);
        sample.Begin(Height, Width, hasMask: false);
        image.CopyTo(sample.Pixels);
        step.Apply(sample, random);
        return sample.Pixels.ToArray();
    }

    [Theory]
    [InlineData(1, EdgeFill.Zero, 2)]
    [InlineData(3, EdgeFill.Zero, 2)]
    [InlineData(1, EdgeFill.Edge, 2)]
    [InlineData(3, EdgeFill.Edge, 2)]
    [InlineData(1, EdgeFill.Zero, 20)]
    [InlineData(3, EdgeFill.Edge, 20)]
    public void Shift_AnySeed_MatchesTheNaiveLoop(int channels, EdgeFill fill, int largest)
    {
        var image = Image(channels);
        var shifts = new HashSet<(int, int)>();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RowRandom();
            random.Seed(seed, 0, 0);
            var (down, right) = (random.Next(-largest, largest + 1), random.Next(-largest, largest + 1));
            shifts.Add((down, right));
            var result = Apply(new RandomShift(largest, fill), image, channels, seed);
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                    for (var c = 0; c < channels; c++)
                    {
                        var (fromY, fromX) = (y - down, x - right);
                        var inside = fromY is >= 0 and < Height && fromX is >= 0 and < Width;
                        var wanted = inside || fill == EdgeFill.Edge ? image[(Math.Clamp(fromY, 0, Height - 1) * Width + Math.Clamp(fromX, 0, Width - 1)) * channels + c] : 0;
                        Assert.Equal(wanted, result[(y * Width + x) * channels + c]);
                    }
        }
        if (largest == 2)
            Assert.Equal(25, shifts.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Flip_Always_MirrorsRows(int channels)
    {
        var image = Image(channels);
        var flip = new RandomHorizontalFlip(1);
        var once = Apply(flip, image, channels, 0);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < channels; c++)
                    Assert.Equal(image[(y * Width + x) * channels + c], once[(y * Width + Width - 1 - x) * channels + c]);
        Assert.Equal(image, Apply(flip, once, channels, 0));
        Assert.Equal(image, Apply(new RandomHorizontalFlip(0), image, channels, 0));
    }

    [Fact]
    public void Flip_Half_HappensHalfTheTime()
    {
        var image = Image(1);
        var flipped = Enumerable.Range(0, 2000).Count(seed => !Apply(new RandomHorizontalFlip(0.5), image, 1, seed).SequenceEqual(image));
        // Five standard deviations: 5 * sqrt(2000) / 2 = 112.
        Assert.InRange(flipped, 888, 1112);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Shift_OutOfBounds_IsRefused(int pixels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Shift(pixels));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Flip_OutOfBounds_IsRefused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Flip(probability));

    [Fact]
    public void Shift_OnADescription_LeavesItAsItWas()
    {
        var none = new Augmentation();
        none.Shift(2).Flip();
        Assert.Empty(none.Steps);
        Assert.Equal("none", none.ToString());
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheSteps()
    {
        var augmentation = new Augmentation().Shift(3, EdgeFill.Edge).Flip(0.25);
        var json = JsonSerializer.Serialize(augmentation, ModelJson.Options);
        Assert.Equal(augmentation.Steps, JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)!.Steps);
    }

    [Theory]
    [InlineData("""[{"step":"swirl"}]""", "swirl")]
    [InlineData("""[{"step":"shift","fill":"zero"}]""", "pixels")]
    [InlineData("""[{"step":"flip","probability":0.5,"axis":1}]""", "axis")]
    public void Json_UnknownStep_IsNamed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)).Message);
}
