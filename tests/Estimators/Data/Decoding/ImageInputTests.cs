using Fovea.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Data;

public class ImageInputTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Normalize_Rgb_IsTheFormulaPerChannel(bool channelsLast)
    {
        var input = new ImageInput(2, 3, 3, ResizeMode.Stretch, [0.1f, 0.2f, 0.3f], [0.5f, 0.25f, 2f]);
        var bytes = new byte[2 * 3 * 2 * 3];
        new Random(5).NextBytes(bytes);
        using var scope = NewDisposeScope();
        var images = tensor(bytes, new long[] { 2, 3, 2, 3 }, ScalarType.Byte);             // (N, C, H, W)
        if (channelsLast)
            images = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var result = input.Normalize(images);
        Assert.Equal([2, 3, 2, 3], result.shape);
        Assert.Equal(ScalarType.Float32, result.dtype);
        var values = result.contiguous().data<float>().ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = i / 6 % 3;
            // Five roundings of 32-bit numbers of size 5 or less.
            Assert.Equal((bytes[i] / 255.0 - input.Mean[c]) / input.StdDev[c], values[i], 2e-6);
        }
    }

    [Fact]
    public void Normalize_Grey_MapsBlackAndWhite()
    {
        using var scope = NewDisposeScope();
        var result = ImageInput.Create(1, 2, 1).Normalize(tensor(new byte[] { 0, 255 }, new long[] { 1, 1, 1, 2 }, ScalarType.Byte));
        Assert.Equal([-1f, 1f], result.data<float>().ToArray());
    }

    [Fact]
    public void Normalize_Once_LeavesOneTensorMore()
    {
        using var images = zeros(new long[] { 4, 3, 5, 5 }, ScalarType.Byte);
        var input = ImageInput.Create(5, 5, 3) with { Mean = ImageInput.ImageNetMean };
        input.Normalize(images).Dispose();
        var before = Live.Tensors();
        using var result = input.Normalize(images);
        Assert.Equal(before + 1, Live.Tensors());
    }

    [Fact]
    public void Problems_EveryBoundViolated_AreAllListed()
    {
        var problems = new ImageInput(0, 20_000, 2, (ResizeMode)9, [float.NaN], [0f, -1f]).Problems().ToList();
        Assert.Equal(6, problems.Count);
        Assert.Contains("is 0", problems[0]);
        Assert.Contains("20000", problems[1]);
    }

    [Fact]
    public void Equals_SameNumbers_IsTrue()
    {
        Assert.Equal(ImageInput.Create(3, 4, 1), ImageInput.Create(3, 4, 1));
        Assert.NotEqual(ImageInput.Create(3, 4, 1), ImageInput.Create(3, 4, 1) with { Mean = [0.4f] });
    }
}
