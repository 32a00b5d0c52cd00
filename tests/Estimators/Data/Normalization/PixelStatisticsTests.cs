using Fovea.Data;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Data;

/// <summary>Against numpy: tests/Reference/data/normalization.py.</summary>
public class PixelStatisticsTests
{
    [Theory]
    [InlineData("rgb")]
    [InlineData("grey")]
    public void OfChannels_Images_AreNumpysNumbers(string name)
    {
        using var reference = new ReferenceImages(name);
        var (mean, deviation) = PixelStatistics.OfChannels(reference.Set(), default);
        for (var c = 0; c < mean.Length; c++)
        {
            Assert.Equal(reference.Numbers("mean")[c], mean[c], 1e-14); // numpy adds up quotients, we whole numbers
            Assert.Equal(reference.Numbers("deviation")[c], deviation[c], 1e-13); // a difference of squares
        }
    }

    [Theory]
    [InlineData("rgb")]
    [InlineData("grey")]
    public void MeanImage_Images_IsNumpys(string name)
    {
        using var reference = new ReferenceImages(name);
        using var mean = PixelStatistics.MeanImage(reference.Set(), default);
        TensorAssert.Same(reference["meanImage"].to(ScalarType.Float32), mean, "mean image");
    }

    [Theory]
    [InlineData("rgb", 0.01)]
    [InlineData("grey", 1e-5)]
    public void Zca_Images_IsNumpysMatrix(string name, double epsilon)
    {
        using var reference = new ReferenceImages(name);
        var (mean, whitening) = PixelStatistics.Zca(reference.Set(), epsilon, CPU, default);
        using var scope = NewDisposeScope();
        // Float32 of numbers up to 10 (rgb) or 40 (grey), found by two eigenvalue solvers in float64.
        Assert.InRange((whitening - reference["zca"]).abs().max().ToDouble(), 0, 4e-6);
        Assert.InRange((mean - reference["meanImage"]).abs().max().ToDouble(), 0, 1e-7); // float32
        mean.Dispose();
        whitening.Dispose();
    }

    [Fact]
    public void Zca_NoTwoAlike_HasTheIdentityForItsCovariance()
    {
        using var reference = new ReferenceImages("grey");
        using var normalizer = PixelNormalizer.Measure(Normalization.Zca(1e-9), reference.Set(), CPU, default);
        using var scope = NewDisposeScope();
        var white = normalizer.Normalize(reference.Images).flatten(1).to(ScalarType.Float64);      // (N, D)
        white -= white.mean([0L], true);
        var covariance = white.t().matmul(white) / (white.size(0) - 1);
        // Float32 rounding of numbers of size 1. The smallest eigenvalue is 2.6e-3, so an epsilon of 1e-9 takes away 4e-7.
        Assert.InRange((covariance - eye(white.size(1), dtype: ScalarType.Float64)).abs().max().ToDouble(), 0, 5e-6);
    }

    [Fact]
    public void Zca_Epsilon_LeavesTheShareOfEachVariance()
    {
        using var reference = new ReferenceImages("rgb");
        using var normalizer = PixelNormalizer.Measure(Normalization.Zca(0.01), reference.Set(), CPU, default);
        using var scope = NewDisposeScope();
        Tensor covarianceOf(Tensor x)
        {
            x = x.flatten(1).to(ScalarType.Float64);
            x = x - x.mean([0L], true);
            return x.t().matmul(x) / (x.size(0) - 1);
        }
        var before = linalg.eigvalsh(covarianceOf(reference.Images.to(ScalarType.Float64) / 255));
        var after = linalg.eigvalsh(covarianceOf(normalizer.Normalize(reference.Images)));
        // lambda / (lambda + epsilon), rising as lambda does; 20 of 60 are 0. Float32 rounding of numbers of size 1.
        Assert.InRange((after - before / (before + 0.01)).abs().max().ToDouble(), 0, 2e-6);
        Assert.InRange(before[0].ToDouble(), -1e-12, 1e-12);
    }

    [Fact]
    public void Measure_ShuffledRowsAndAnyThreads_GivesTheSameBits()
    {
        using var reference = new ReferenceImages("rgb");
        using var turned = reference.Images.flip(0);
        foreach (var wanted in new[] { Normalization.Measured, Normalization.MeanImage, Normalization.Zca() })
        {
            using var first = PixelNormalizer.Measure(wanted, reference.Set(), CPU, default);
            using var second = PixelNormalizer.Measure(wanted, ReferenceImages.SetOf(turned, reference.Input), CPU, default);
            Assert.Equal(first.Description, second.Description);
            foreach (var ((_, one), (_, two)) in first.Tensors().Zip(second.Tensors()))
                TensorAssert.Same(one, two, wanted.ToString());
        }
    }

    [Fact]
    public void Measure_PartOfASet_LooksAtItsRowsAlone()
    {
        using var images = cat([zeros([6, 1, 2, 2], ScalarType.Byte), full([6, 1, 2, 2], 255, ScalarType.Byte)]);
        var set = ReferenceImages.SetOf(images, ImageInput.Create(2, 2, 1));
        var (train, validation) = set.Split(0.5, seed: 3);
        foreach (var part in new[] { train, validation })
            Assert.Equal(part.Rows.Count(r => r >= 6) / (double)part.Count, PixelStatistics.OfChannels(part, default).Mean[0], 1e-15);
    }

    [Fact]
    public void Measure_ConstantImages_AreDividedByOne()
    {
        using var images = full([4, 3, 2, 2], 51, ScalarType.Byte);
        using var normalizer = PixelNormalizer.Measure(Normalization.Measured, ReferenceImages.SetOf(images, ImageInput.Create(2, 2, 3)), CPU, default);
        Assert.Equal([0.2f, 0.2f, 0.2f], normalizer.Description.Mean);
        Assert.Equal([1f, 1f, 1f], normalizer.Description.StdDev);
        using var zca = PixelNormalizer.Measure(Normalization.Zca(), ReferenceImages.SetOf(images, ImageInput.Create(2, 2, 3)), CPU, default);
        using var white = zca.Normalize(images);
        Assert.InRange(white.abs().max().ToDouble(), 0, 1e-6); // float32 of 0.2
    }

    [Fact]
    public void Measure_Canceled_Stops()
    {
        using var reference = new ReferenceImages("rgb");
        foreach (var wanted in new[] { Normalization.Measured, Normalization.MeanImage, Normalization.Zca() })
            Assert.ThrowsAny<OperationCanceledException>(() => PixelNormalizer.Measure(wanted, reference.Set(), CPU, new CancellationToken(true)));
    }

    [SkippableTheory]
    [InlineData("data/fashion-mnist", 0.2860, 0.3530)]
    [InlineData("data/mnist", 0.1307, 0.3081)]
    public void OfChannels_Mnist_IsAsPublished(string data, double mean, double deviation)
    {
        var folder = TestData.Shared(data);
        var view = new MLContext().Vision.Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        var found = PixelStatistics.OfChannels(ImageSet.Open(view, "Image", "Label", ImageInput.Create(28, 28, 1)), default);
        Assert.Equal(mean, found.Mean[0], 5e-5); // published with four digits
        Assert.Equal(deviation, found.StdDev[0], 5e-5);
    }
}
