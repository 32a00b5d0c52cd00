namespace Fovea.Tests.Augmenting;

public class ElasticTests
{
    private static DisplacementField Field(Sample sample, double[] right, double[] down)
    {
        var field = DisplacementField.Of(sample);
        for (var y = 0; y < sample.Height; y++)
            for (var x = 0; x < sample.Width; x++)
                (field.Right[y * field.Stride + x], field.Down[y * field.Stride + x]) = ((float)right[y * sample.Width + x], (float)down[y * sample.Width + x]);
        return field;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Elastic_GivenDisplacement_IsTorchvisions(int channels)
    {
        var wanted = GeometryReference.Get("elastic");
        var sample = GeometryReference.Sample(channels);
        var (height, width) = (sample.Height, sample.Width);
        var (right, down) = (GeometryReference.Numbers(wanted, "right"), GeometryReference.Numbers(wanted, "down"));
        ElasticWarp.Bend(sample, Field(sample, right, down), (10, 10), EdgeFill.Zero);
        var (mask, pixels) = (GeometryReference.Mask(wanted), GeometryReference.Pixels(wanted, channels));
        var compared = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = (x + right[y * width + x], y + down[y * width + x]);
                // torchvision mixes the outermost pixels with the fill, we do not.
                if (fromX < 0 || fromX > width - 1 || fromY < 0 || fromY > height - 1)
                    continue;
                compared++;
                Assert.Equal(mask[y * width + x], sample.Mask[y * width + x]);
                for (var c = 0; c < channels; c++)
                    // One level where 14-bit weights and 32-bit ones fall on two sides of a half.
                    Assert.InRange(sample.Pixels[(y * width + x) * channels + c] - pixels[(y * width + x) * channels + c], -1, 1);
            }
        Assert.True(compared > 250, $"{compared} of 315 pixels compared");
    }

    [Fact]
    public void Smoothing_OfNoise_IsTorchvisionsGaussianBlur()
    {
        foreach (var wanted in GeometryReference.Get("smoothing").EnumerateArray())
        {
            var noise = GeometryReference.Numbers(GeometryReference.All, "noise");
            var field = Field(GeometryReference.Sample(1), noise, noise);
            new GaussianSmoothing(wanted.GetProperty("sigma").GetDouble()).Run(field.Right, new float[field.Height * field.Stride], field.Height, field.Width, field.Stride);
            var smooth = GeometryReference.Numbers(wanted, "smooth");
            for (var i = 0; i < smooth.Length; i++)
                // Sums of at most 15 x 15 numbers of 32 bits below 1.
                Assert.Equal(smooth[i], field.Right[i / field.Width * field.Stride + i % field.Width], 2e-6);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(5, 3)]
    public void Smoothing_FieldSmallerThanTheKernel_KeepsAConstant(int height, int width)
    {
        var field = Field(Drawn.Noisy(height, width, 1), [.. Enumerable.Repeat(0.5, height * width)], new double[height * width]);
        new GaussianSmoothing(5).Run(field.Right, new float[field.Height * field.Stride], height, width, field.Stride);
        for (var i = 0; i < height * width; i++)
            Assert.Equal(0.5, field.Right[i / width * field.Stride + i % width], 1e-6);   // 41 x 41 taps of 32 bits
    }

    [Fact]
    public void Elastic_Noise_HasTheSpreadThatTheNumbersSay()
    {
        // sigma 0 leaves the noise: even in [-alpha / 2, alpha / 2], standard deviation alpha / sqrt(12).
        var sample = Drawn.Noisy(128, 128, 1);
        new ElasticWarp(6, 0, EdgeFill.Zero).Apply(sample, Drawn.Seeded(1));
        var field = DisplacementField.Of(sample);
        foreach (var numbers in (float[][])[field.Right, field.Down])
        {
            Assert.InRange(numbers.Average(), -0.07, 0.07);   // five standard errors: 5 * 1.73 / 128
            Assert.InRange(Math.Sqrt(numbers.Average(n => n * n)), 1.7, 1.77);   // 1.732
            Assert.InRange(numbers.Max(), 2.99, 3);
            Assert.InRange(numbers.Min(), -3, -2.99);
        }
        Assert.NotEqual(field.Right, field.Down);
    }

    [Fact]
    public void Elastic_AlphaZero_IsTheIdentity()
    {
        var box = new SampleBox(2, 3, 9, 11, 4);
        var (before, after) = (Drawn.Noisy(17, 13, 3, box), Drawn.Noisy(17, 13, 3, box));
        new ElasticWarp(0, 5, EdgeFill.Zero).Apply(after, Drawn.Seeded(0));
        Assert.Equal(before.Pixels, after.Pixels);
        Assert.Equal(before.Mask, after.Mask);
        Assert.Equal(before.Boxes, after.Boxes);
    }

    [Fact]
    public void Elastic_BoxPushedOut_IsDropped()
    {
        var sample = Drawn.Rectangle(20, 20, 1, 0, 0, 8, 8);
        sample.Boxes.Add(new SampleBox(10, 10, 15, 15, 1));
        // Every pixel shows what lies 6.5 to its right: of the first box one column of eight is left, of the second all.
        var field = Field(sample, [.. Enumerable.Repeat(6.5, 400)], new double[400]);
        ElasticWarp.Bend(sample, field, (6.5f, 0), EdgeFill.Zero);
        var box = Assert.Single(sample.Boxes);
        Assert.Equal((1, 3f, 8f), (box.Label, box.X0, box.X1));
    }

    [Theory]
    [InlineData(-1, 5, "alpha")]
    [InlineData(double.NaN, 5, "alpha")]
    [InlineData(50, -1, "sigma")]
    [InlineData(50, 33, "sigma")]
    public void Elastic_OutOfBounds_IsRefused(double alpha, double sigma, string named) =>
        Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Elastic(alpha, sigma)).ParamName);
}
