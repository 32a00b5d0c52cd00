using System.Text.Json.Nodes;

namespace Fovea.Tests.Augmenting;

public class BlurTests
{
    private static readonly JsonNode Torchvision = JsonNode.Parse(File.ReadAllText(TestData.Reference("augmentation/photometry.json")))!["blurs"]!;

    private static GaussianBlur Blur(double sigma) => new(sigma, sigma, 1);

    [Fact]
    public void Blur_OfEverySigma_IsTorchvisions()
    {
        foreach (var node in Torchvision.AsArray())
        {
            var (height, width, channels) = ((int)node!["height"]!, (int)node["width"]!, (int)node["channels"]!);
            var blurred = Pictures.Apply(Blur((double)node["sigma"]!), Pictures.Image(height, width, channels), height, width, channels);
            foreach (var (wanted, got) in node["values"]!.AsArray().Zip(blurred))
                Assert.Equal((double)wanted!, got, 0.5003); // half a level, and the sum in float32
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 3)]
    [InlineData(31, 17, 1)]
    [InlineData(31, 17, 3)]
    public void Blur_OfAConstantImage_LeavesIt(int height, int width, int channels)
    {
        foreach (var sigma in new[] { 0.1, 0.7, 2, 25 })
            foreach (var level in new byte[] { 0, 1, 127, 254, 255 })
            {
                var image = Pictures.Constant(height, width, channels, level);
                Assert.Equal(image, Pictures.Apply(Blur(sigma), image, height, width, channels));
            }
    }

    [Theory]
    [InlineData(3, 5, 1)]
    [InlineData(16, 16, 1)]
    [InlineData(6, 11, 3)]
    [InlineData(5, 37, 3)]
    public void Blur_OfAnyWidth_IsTheNaiveSum(int height, int width, int channels)
    {
        const double Sigma = 2.3; // 7 pixels to each side: more than the smallest of these images has
        var image = Pictures.Image(height, width, channels);
        var blurred = Pictures.Apply(Blur(Sigma), image, height, width, channels);
        var weights = Enumerable.Range(-7, 15).Select(x => Math.Exp(-x * x / (2 * Sigma * Sigma))).ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0.0;
                    for (var dy = -7; dy <= 7; dy++)
                        for (var dx = -7; dx <= 7; dx++)
                            sum += weights[dy + 7] * weights[dx + 7] * image[(Inside(y + dy, height) * width + Inside(x + dx, width)) * channels + c];
                    Assert.Equal(sum / weights.Sum() / weights.Sum(), blurred[(y * width + x) * channels + c], 0.5003); // half a level, and the sum in float32
                }

        static int Inside(int place, int size)
        {
            while (place < 0 || place >= size)
                place = place < 0 ? -place : 2 * (size - 1) - place;
            return place;
        }
    }

    [Fact]
    public void Blur_OfARange_DrawsSigmaFromIt()
    {
        var image = Pictures.Constant(31, 31, 1, 0);
        image[15 * 31 + 15] = 255;
        var peaks = Enumerable.Range(0, 50).Select(seed => Pictures.Apply(new GaussianBlur(0.6, 1.2, 1), image, 31, 31, 1, seed)[15 * 31 + 15]).ToList();
        // 255 times the square of the middle weight, about 255 / (2 pi sigma^2).
        Assert.All(peaks, p => Assert.InRange(p, 28, 114));
        Assert.True(peaks.Distinct().Count() > 20);
    }
}
