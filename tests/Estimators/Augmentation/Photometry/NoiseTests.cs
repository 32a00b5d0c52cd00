namespace Fovea.Tests.Augmenting;

public class NoiseTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(25)]
    public void GaussianNoise_OnGrey_HasMeanDeviationAndTailsOfTheNormalDistribution(double deviation)
    {
        const int Side = 700;
        var noise = Pictures.Apply(new GaussianNoise(deviation, 1), Pictures.Constant(Side, Side, 1, 128), Side, Side, 1, 7).Select(p => p - 128.0).ToList();
        var count = noise.Count;
        // Rounding to whole levels adds 1/12 to the variance; below a deviation of 1 it adds less (Sheppard's correction: 2 e^(-2 pi^2 s^2) and
        // smaller), so the distribution of the rounded numbers is summed up instead.
        var (variance, fourth) = Rounded(deviation);
        Assert.Equal(0, noise.Average(), 5 * Math.Sqrt(variance / count)); // five standard errors
        Assert.Equal(variance, noise.Average(n => n * n), 5 * Math.Sqrt((fourth - variance * variance) / count));
        // Beyond two deviations lie 4.55 %; only where rounding does not blur the limit.
        if (deviation >= 12)
        {
            var limit = Math.Floor(2 * deviation) + 0.5;
            var share = 2 * (1 - Normal(limit / deviation));
            Assert.Equal(share, noise.Count(n => Math.Abs(n) > limit) / (double)count, 5 * Math.Sqrt(share * (1 - share) / count));
        }
    }

    private static (double Variance, double Fourth) Rounded(double deviation)
    {
        var (variance, fourth) = (0.0, 0.0);
        for (var level = -127; level <= 127; level++)
        {
            var share = Normal((level + 0.5) / deviation) - Normal((level - 0.5) / deviation);
            variance += share * level * level;
            fourth += share * level * level * level * level;
        }
        return (variance, fourth);
    }

    /// <summary>The normal distribution, by Simpson's rule.</summary>
    private static double Normal(double z)
    {
        const int Steps = 2000;
        double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        z = Math.Clamp(z, -9, 9);
        var step = z / Steps;
        var sum = Density(0) + Density(z);
        for (var i = 1; i < Steps; i++)
            sum += Density(i * step) * (i % 2 == 0 ? 2 : 4);
        return 0.5 + sum * step / 3;
    }

    [Fact]
    public void GaussianNoise_OfNeighbors_IsIndependent()
    {
        const int Side = 512;
        var noise = Pictures.Apply(new GaussianNoise(20, 1), Pictures.Constant(Side, Side, 3, 128), Side, Side, 3, 8).Select(p => p - 128.0).ToArray();
        foreach (var distance in new[] { 1, 2, 3, 4, 1024, 1536 })
        {
            var product = Enumerable.Range(0, noise.Length - distance).Average(i => noise[i] * noise[i + distance]) / 400;
            Assert.Equal(0, product, 5 / Math.Sqrt(noise.Length - distance)); // five standard errors of a correlation
        }
    }

    [Fact]
    public void GaussianNoise_AtTheEnds_IsCut()
    {
        var dark = Pictures.Apply(new GaussianNoise(40, 1), Pictures.Constant(50, 50, 1, 0), 50, 50, 1);
        var light = Pictures.Apply(new GaussianNoise(40, 1), Pictures.Constant(50, 50, 1, 255), 50, 50, 1);
        // Half of the noise is of the other sign; five deviations of sqrt(2500) / 2.
        Assert.InRange(dark.Count(p => p == 0), 1250 - 125, 1250 + 125 + 25);
        Assert.InRange(light.Count(p => p == 255), 1250 - 125, 1250 + 125 + 25);
    }

    [Theory]
    [InlineData(1, 33, 31)]
    [InlineData(3, 5, 1)]
    public void GaussianNoise_OneSeed_IsOneNoise(int channels, int height, int width)
    {
        var image = Pictures.Image(height, width, channels);
        var step = new GaussianNoise(10, 1);
        Assert.Equal(Pictures.Apply(step, image, height, width, channels, 3), Pictures.Apply(step, image, height, width, channels, 3));
        Assert.NotEqual(Pictures.Apply(step, image, height, width, channels, 3), Pictures.Apply(step, image, height, width, channels, 4));
        Assert.Equal(image, Pictures.Apply(new GaussianNoise(0, 1), image, height, width, channels));
        Assert.Equal(image, Pictures.Apply(new GaussianNoise(10, 0), image, height, width, channels));
    }

    [Fact]
    public void GaussianNoise_OfALargerImage_BeginsWithThatOfASmaller()
    {
        // The tail behind the last whole vector is computed one by one, and must be the same.
        var large = Pictures.Apply(new GaussianNoise(9, 1), Pictures.Constant(1, 2000, 1, 100), 1, 2000, 1);
        foreach (var width in new[] { 1, 15, 16, 17, 1023, 1024, 1025, 1999 })
            Assert.Equal(large[..width], Pictures.Apply(new GaussianNoise(9, 1), Pictures.Constant(1, width, 1, 100), 1, width, 1));
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.01, 3)]
    [InlineData(0.3, 3)]
    [InlineData(1, 1)]
    public void SaltAndPepper_OfAShare_ChangesAsManyPixels(double share, int channels)
    {
        const int Side = 400;
        var noisy = Pictures.Apply(new SaltAndPepper(share, 1), Pictures.Constant(Side, Side, channels, 99), Side, Side, channels, 5);
        var (salt, pepper) = (0, 0);
        for (var i = 0; i < noisy.Length; i += channels)
        {
            Assert.True(noisy[i] is 0 or 99 or 255);
            for (var c = 1; c < channels; c++)
                Assert.Equal(noisy[i], noisy[i + c]);
            salt += noisy[i] == 255 ? 1 : 0;
            pepper += noisy[i] == 0 ? 1 : 0;
        }
        var deviation = Math.Sqrt(Side * Side * share / 2 * (1 - share / 2));
        Assert.Equal(Side * Side * share / 2, salt, 5 * deviation); // five standard deviations
        Assert.Equal(Side * Side * share / 2, pepper, 5 * deviation);
        if (share == 1)
            Assert.Equal(Side * Side, salt + pepper);
    }

    [Fact]
    public void SaltAndPepper_OfNone_ChangesNone()
    {
        var image = Pictures.Image(30, 20, 3);
        Assert.Equal(image, Pictures.Apply(new SaltAndPepper(0, 1), image, 30, 20, 3));
        Assert.Equal(image, Pictures.Apply(new SaltAndPepper(0.5, 0), image, 30, 20, 3));
    }
}
