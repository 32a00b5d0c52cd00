using Fovea.Autoencoding.Evaluation;
using Fovea.Autoencoding.Sheets;
using Fovea.Tests.Backbones;

namespace Fovea.Tests.Autoencoding;

public class ImageMeasureTests
{
    [Fact]
    public void SsimAndPsnr_AgreeWithScikitImage()
    {
        foreach (var expected in PyTorchNumbers.All.Measures)
        {
            var (a, b) = Images(expected);
            var difference = new ImageDifference();
            difference.Add(a, b, expected.Width, expected.Channels);
            Assert.Equal(expected.Ssim, difference.Ssim, 1e-9); // scikit-image's running sums round in float64
            Assert.Equal(expected.Psnr, -10 * Math.Log10(difference.MeanSquaredError), 1e-9);
        }
    }

    [Fact]
    public void Ssim_OfTheSameImage_IsOne()
    {
        var (a, _) = Images(PyTorchNumbers.All.Measures[0]);
        Assert.Equal(1, StructuralSimilarity.Of(a, a, 28, 1), 1e-12);
    }

    [Fact]
    public void Ssim_ImageBelowAWindow_IsNaN() => Assert.True(double.IsNaN(StructuralSimilarity.Of(new byte[36], new byte[36], 6, 1)));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.0001, -3.719016485455709)]
    [InlineData(0.841344746068543, 1)]
    public void NormalQuantile_AgreesWithTables(double probability, double expected) => Assert.Equal(expected, NormalQuantile.Of(probability), 1e-8);

    private static (byte[] A, byte[] B) Images(Measures of)
    {
        var count = of.Height * of.Width * of.Channels;
        var a = Formula.Noise($"a {of.Name}", count).Select(u => (byte)Math.Clamp(Math.Floor((u + 0.5) * 256), 0, 255)).ToArray();
        var b = Formula.Noise($"b {of.Name}", count).Select((u, i) => (byte)Math.Clamp(a[i] + Math.Round(u * 2 * of.Spread, MidpointRounding.ToEven), 0, 255)).ToArray();
        return (a, b);
    }
}
