using Fovea.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Data;

public class PixelNormalizerTests
{
    private static Tensor ChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Normalize_Rgb_IsTheFormulaPerChannel(bool channelsLast)
    {
        float[] mean = [0.1f, 0.2f, 0.3f], deviation = [0.5f, 0.25f, 2f];
        using var normalizer = PixelNormalizer.Of(Normalization.PerChannel(mean, deviation), ImageInput.Create(2, 3, 3));
        var bytes = new byte[2 * 3 * 2 * 3];
        new Random(5).NextBytes(bytes);
        using var scope = NewDisposeScope();
        var images = tensor(bytes, new long[] { 2, 3, 2, 3 }, ScalarType.Byte);             // (N, C, H, W)
        if (channelsLast)
            images = ChannelsLast(images);
        var result = normalizer.Normalize(images);
        Assert.Equal([2, 3, 2, 3], result.shape);
        Assert.Equal(ScalarType.Float32, result.dtype);
        Assert.Equal(images.stride(), result.stride());
        var values = result.contiguous().data<float>().ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = i / 6 % 3;
            // Five roundings of 32-bit numbers of size 5 or less.
            Assert.Equal((bytes[i] / 255.0 - mean[c]) / deviation[c], values[i], 2e-6);
        }
    }

    [Theory]
    [InlineData(0f, 1f, true)]
    [InlineData(-1f, 1f, false)]
    public void Normalize_ToARange_MapsBlackAndWhiteToItsEnds(float black, float white, bool isZeroToOne)
    {
        foreach (var channels in new[] { 1, 3 })
        {
            using var normalizer = PixelNormalizer.Of(isZeroToOne ? Normalization.ZeroToOne : Normalization.MinusOneToOne, ImageInput.Create(1, 2, channels));
            using var images = tensor(Enumerable.Range(0, 2 * channels).Select(i => (byte)(i % 2 * 255)).ToArray(), [1, channels, 1, 2], ScalarType.Byte);
            using var result = normalizer.Normalize(images);
            Assert.Equal(Enumerable.Range(0, 2 * channels).Select(i => i % 2 == 0 ? black : white), result.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData("rgb", false)]
    [InlineData("rgb", true)]
    [InlineData("grey", false)]
    public void Normalize_EveryMeasuredKind_IsNumpysResult(string set, bool channelsLast)
    {
        using var reference = new ReferenceImages(set);
        using var scope = NewDisposeScope();
        var images = channelsLast ? ChannelsLast(reference.Images) : reference.Images;
        var cases = new (Normalization Wanted, string Name, double Tolerance)[]
        {
            (Normalization.Measured, "normalized", 2e-6), // float32 numbers of size 4
            (Normalization.Auto, "normalized", 2e-6),
            (Normalization.MeanImage, "centered", 1.2e-7), // float32 numbers of size 1
            (Normalization.Zca(set == "rgb" ? 0.01 : 1e-5), "whitened", 2e-5), // float32 sums of up to 60 products of size 10
        };
        foreach (var (wanted, name, tolerance) in cases)
        {
            using var normalizer = PixelNormalizer.Measure(wanted, reference.Set(), CPU, default);
            var result = normalizer.Normalize(images);
            Assert.Equal(images.stride(), result.stride());
            Assert.InRange((result - reference[name]).abs().max().ToDouble(), 0, tolerance);
        }
    }

    [Fact]
    public void Normalize_OneImageOrMany_IsTheSame()
    {
        using var reference = new ReferenceImages("rgb");
        using var scope = NewDisposeScope();
        using var normalizer = PixelNormalizer.Measure(Normalization.Zca(), reference.Set(), CPU, default);
        var all = normalizer.Normalize(reference.Images);
        var one = normalizer.Normalize(reference.Images.narrow(0, 7, 1));
        Assert.InRange((all.narrow(0, 7, 1) - one).abs().max().ToDouble(), 0, 1e-5); // matrix products of another size are summed in another order
    }

    [Fact]
    public void Normalize_OtherSizeThanTheMeanImage_IsRefused()
    {
        using var reference = new ReferenceImages("rgb");
        using var normalizer = PixelNormalizer.Measure(Normalization.MeanImage, reference.Set(), CPU, default);
        using var images = zeros([2, 3, 3, 5], ScalarType.Byte);
        var e = Assert.Throws<ArgumentException>(() => normalizer.Normalize(images));
        Assert.Contains("(2, 3, 3, 5)", e.Message);
        Assert.Contains("mean image, which was measured on 3 x 4 x 5", e.Message);
    }

    [Fact]
    public void Normalize_EveryKind_LeavesOneTensorMoreAndDisposeNone()
    {
        using var reference = new ReferenceImages("rgb");
        var set = reference.Set();
        foreach (var wanted in new[] { Normalization.ImageNet, Normalization.Measured, Normalization.MeanImage, Normalization.Zca() })
        {
            PixelNormalizer.Measure(wanted, set, CPU, default).Dispose();
            var before = Live.Tensors();
            var normalizer = PixelNormalizer.Measure(wanted, set, CPU, default);
            var tensors = normalizer.Tensors().Count();
            Assert.Equal(before + tensors, Live.Tensors());
            normalizer.Normalize(reference.Images).Dispose();
            using (normalizer.Normalize(reference.Images))
                Assert.Equal(before + tensors + 1, Live.Tensors());
            normalizer.Dispose();
            Assert.Equal(before, Live.Tensors());
        }
    }

    [Fact]
    public void Measure_InsideADisposeScope_OutlivesIt()
    {
        using var reference = new ReferenceImages("rgb");
        PixelNormalizer normalizer;
        using (NewDisposeScope())
            normalizer = PixelNormalizer.Measure(Normalization.Zca(), reference.Set(), CPU, default);
        using (normalizer)
            normalizer.Normalize(reference.Images).Dispose();
    }

    [Fact]
    public void Load_WhatWasGivenOut_IsTheSame()
    {
        using var reference = new ReferenceImages("rgb");
        foreach (var wanted in new[] { Normalization.Measured, Normalization.MeanImage, Normalization.Zca() })
        {
            using var first = PixelNormalizer.Measure(wanted, reference.Set(), CPU, default);
            using var second = PixelNormalizer.Load(first.Description, reference.Input, first.Tensors().ToDictionary(), "file", CPU);
            using var a = first.Normalize(reference.Images);
            using var b = second.Normalize(reference.Images);
            TensorAssert.Same(a, b, wanted.ToString());
        }
    }

    [Fact]
    public void Load_TensorsThatDoNotFit_ListsThem()
    {
        using var scope = NewDisposeScope();
        var input = ImageInput.Create(2, 2, 1);
        string message(Normalization normalization, params (string Key, Tensor Tensor)[] tensors) => Assert.Throws<InvalidDataException>(
            () => PixelNormalizer.Load(normalization, input, tensors.ToDictionary(t => t.Key, t => t.Tensor), "m.fovea", CPU)).Message;

        Assert.Contains("'normalization:mean' is missing; the tensor 'normalization:whitening' is missing", message(Normalization.Zca()));
        Assert.Contains("must be (1, 2, 2) of Float32; it is (4) of Float32", message(Normalization.MeanImage, ("normalization:mean", zeros(4))));
        Assert.Contains("it is (1, 2, 2) of Float64", message(Normalization.MeanImage, ("normalization:mean", zeros(1, 2, 2, ScalarType.Float64))));
        Assert.Contains("'normalization:mean' does not belong", message(Normalization.ZeroToOne, ("normalization:mean", zeros(1, 2, 2))));
        Assert.Contains("'m.fovea'", message(Normalization.Auto));
        Assert.Contains("'Measured' has not been measured", message(Normalization.Measured));
        Assert.Contains("standard deviation must be", message(Normalization.PerChannel([0], [-1])));
    }
}
