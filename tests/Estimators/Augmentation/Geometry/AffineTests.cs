namespace Fovea.Tests.Augmenting;

public class AffineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Affine_GivenParameters_IsTorchvisions(int channels)
    {
        foreach (var wanted in GeometryReference.Get("affine").EnumerateArray())
        {
            double Number(string name) => wanted.GetProperty(name).GetDouble();
            var sample = GeometryReference.Sample(channels);
            var map = Homography.Affine(sample.Width * 0.5, sample.Height * 0.5, Number("degrees"), Number("right"), Number("down"), Number("scale"), Number("shear"));
            double[] matrix = [map.A, map.B, map.C, map.D, map.E, map.F];
            // 64 bits against 64 bits: the order of the operations.
            Assert.All(GeometryReference.Numbers(wanted, "matrix").Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            Warp.Apply(sample, map, GeometryReference.Fill(channels));
            Assert.Equal(GeometryReference.Mask(wanted), sample.Mask);
            var pixels = sample.Pixels.ToArray();
            // Pillow cuts the fraction off, we round: equal or one level above.
            Assert.All(GeometryReference.Pixels(wanted, channels).Zip(pixels), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
        }
    }

    [Fact]
    public void Affine_AnySeed_DrawsFromTheRangesGiven()
    {
        // The corners of a small box in the middle of a large image tell what was drawn.
        var (scales, moves) = (new List<float>(), new HashSet<(float, float)>());
        for (var seed = 0; seed < 400; seed++)
        {
            var sample = Drawn.Of(100, 100, 1, new byte[10000], null, new SampleBox(48, 48, 52, 52, 0));
            new RandomAffine(0, 0.5, 2, 0.02, 0, EdgeFill.Zero).Apply(sample, Drawn.Seeded(seed));
            var box = Assert.Single(sample.Boxes);
            scales.Add(box.Width / 4);
            moves.Add((MathF.Round((box.X0 + box.X1) / 2), MathF.Round((box.Y0 + box.Y1) / 2)));
        }
        Assert.InRange(scales.Min(), 0.5, 0.55);
        Assert.InRange(scales.Max(), 1.95, 2);
        Assert.Equal(25, moves.Count);   // -2 to 2 pixels each way
    }

    [Fact]
    public void Affine_CrowdBox_StaysACrowd()
    {
        var sample = Drawn.Of(50, 50, 1, new byte[2500], null, new SampleBox(10, 10, 30, 30, 1, IsCrowd: true));
        new RandomAffine(15, 0.8, 1.2, 0.1, 5, EdgeFill.Zero).Apply(sample, Drawn.Seeded(0));
        Assert.True(Assert.Single(sample.Boxes).IsCrowd);
    }

    [Fact]
    public void Affine_BoxMovedOut_IsDropped()
    {
        var sample = Drawn.Of(50, 50, 1, new byte[2500], null, new SampleBox(0, 0, 10, 10, 1));
        Warp.Apply(sample, Homography.Affine(25, 25, 0, -8, 0, 1, 0), EdgeFill.Zero);   // a fifth is left
        Assert.Empty(sample.Boxes);
    }

    [Theory]
    [InlineData(-1, 1, 1, 0, 0, "rotate")]
    [InlineData(181, 1, 1, 0, 0, "rotate")]
    [InlineData(double.NaN, 1, 1, 0, 0, "rotate")]
    [InlineData(0, 0, 1, 0, 0, "scale")]
    [InlineData(0, 1.2, 0.8, 0, 0, "scale")]
    [InlineData(0, 1, double.NaN, 0, 0, "scale")]
    [InlineData(0, 1, 1, 1.5, 0, "translate")]
    [InlineData(0, 1, 1, 0, 90, "shear")]
    public void Affine_OutOfBounds_IsRefused(double rotate, double least, double most, double translate, double shear, string named) =>
        Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Affine(rotate, (least, most), translate, shear)).ParamName);
}
