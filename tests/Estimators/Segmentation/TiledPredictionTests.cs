using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation;

public class TiledPredictionTests
{
    [Theory]
    [InlineData(64, 24, 8, 64, 64)]
    [InlineData(64, 24, 8, 200, 150)]
    [InlineData(64, 0, 8, 130, 65)]
    [InlineData(64, 31, 1, 257, 64)]
    public void Run_PointwiseNetwork_IsTheWhole(int tile, int overlap, int stride, int height, int width)
    {
        using var scope = NewDisposeScope();
        var image = rand(1, 3, height, width);
        var result = Run(new TiledPrediction(tile, overlap, stride), image, x => x * 2 + 1);
        // Weights of two tiles add up to 1 within float32's rounding.
        Assert.True(result.allclose(image * 2 + 1, rtol: 1e-6, atol: 1e-6));
    }

    [Fact]
    public void Run_NetworkThatLooksAsFarAsTheOverlapAllows_IsTheWhole()
    {
        using var scope = NewDisposeScope();
        // Looks 9 pixels far, three eighths of 24.
        var kernel = ones(1, 1, 19, 19) / (19 * 19);
        Tensor Blur(Tensor x) => nn.functional.conv2d(x, kernel, padding: [9, 9]);
        var image = rand(1, 1, 170, 150);
        var result = Run(new TiledPrediction(64, 24, 8), image, Blur);
        Assert.True(result.allclose(Blur(image), rtol: 1e-5, atol: 1e-6)); // sums of 361 in another order
    }

    [Fact]
    public void Run_RowsAsTheyCome_CoverTheImageOnce()
    {
        var next = 0;
        new TiledPrediction(32, 8, 4).Run(100, 40, 1, (_, _, h, w) => zeros(1, 1, h, w), x => x, (first, rows) =>
        {
            Assert.Equal(next, first);
            next += (int)rows.size(1);
        });
        Assert.Equal(100, next);
    }

    private static Tensor Run(TiledPrediction tiles, Tensor image, Func<Tensor, Tensor> network)
    {
        var (height, width) = ((int)image.size(2), (int)image.size(3));
        var result = zeros_like(image);
        tiles.Run(height, width, (int)image.size(1), (y, x, h, w) => image.narrow(2, y, h).narrow(3, x, w).clone(), network,
            (first, rows) => result[0].narrow(1, first, rows.size(1)).copy_(rows));
        return result;
    }
}
