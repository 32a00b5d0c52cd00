namespace Fovea.Tests.Augmenting;

public class PerspectiveTests
{
    private static (double, double)[] Points(double[] numbers) => [.. numbers.Chunk(2).Select(pair => (pair[0], pair[1]))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Perspective_GivenCorners_IsTorchvisions(int channels)
    {
        foreach (var wanted in GeometryReference.Get("perspective").EnumerateArray())
        {
            var map = Homography.Between(Points(GeometryReference.Numbers(wanted, "moved")), Points(GeometryReference.Numbers(wanted, "corners")));
            double[] coefficients = [map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H];
            // Two eliminations in 64 bits, in different orders.
            Assert.All(GeometryReference.Numbers(wanted, "coefficients").Zip(coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
            var sample = GeometryReference.Sample(channels);
            Warp.Apply(sample, map, GeometryReference.Fill(channels));
            Assert.Equal(GeometryReference.Mask(wanted), sample.Mask);
            var pixels = sample.Pixels.ToArray();
            // Pillow cuts the fraction off, we round: equal or one level above.
            Assert.All(GeometryReference.Pixels(wanted, channels).Zip(pixels), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
        }
    }

    [Fact]
    public void Inverse_AfterTheMap_GivesThePointBack()
    {
        var map = new Homography(0.9, 0.2, 3, -0.1, 1.1, -2, 0.004, -0.003);
        foreach (var (x, y) in ((double, double)[])[(0, 0), (10, 3), (25.5, 40)])
        {
            var (u, v) = map.Of(x, y);
            var (backX, backY) = map.Inverse().Of(u, v);
            Assert.Equal(x, backX, 1e-9);
            Assert.Equal(y, backY, 1e-9);
        }
    }

    [Fact]
    public void Perspective_WholeImage_FillsTheBoxAroundItsCorners()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var sample = Drawn.Of(40, 30, 1, new byte[1200], null, new SampleBox(0, 0, 30, 40, 0));
            new RandomPerspective(0.65, 1, EdgeFill.Zero).Apply(sample, Drawn.Seeded(seed));
            // Each corner moves inwards by at most half of 0.65.
            var box = Assert.Single(sample.Boxes);
            Assert.InRange(box.X0, 0, 9.75);
            Assert.InRange(box.Y0, 0, 13);
            Assert.InRange(box.X1, 20.25, 30);
            Assert.InRange(box.Y1, 27, 40);
        }
    }

    [Theory]
    [InlineData(-0.1, 1, "distortion")]
    [InlineData(0.7, 1, "distortion")]
    [InlineData(0.5, 1.1, "probability")]
    [InlineData(0.5, double.NaN, "probability")]
    public void Perspective_OutOfBounds_IsRefused(double distortion, double probability, string named) =>
        Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Perspective(distortion, probability)).ParamName);
}
