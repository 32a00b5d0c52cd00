using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Detection.Networks;
using Fovea.Native;
using Fovea.Segmentation.Networks;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

public class FoldedConvolutionsTests
{
    /// <summary>Of the largest value: float32 sums of up to 4,608 products in another order, through up to 60 layers.</summary>
    private const double Rounding = 1e-5;

    [Theory]
    [InlineData(DetectionArchitecture.Yolo)]
    [InlineData(DetectionArchitecture.YoloResNet18)]
    [InlineData(DetectionArchitecture.YoloResNet50)]
    [InlineData(DetectionArchitecture.Localizer)]
    public void Of_ADetector_PredictsTheSameAndKeepsItsWeights(DetectionArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(2);
        using var network = DetectionNetworkAttribute.Of(architecture).Create(new(3, 2) { Yolo = new() { Width = 16 } });
        var norms = network.modules().OfType<BatchNorm2d>().ToList();
        norms.ForEach(TrainedNorm.Stir);
        network.eval();
        var images = randn(2, 3, 64, 96);
        var apart = network.Predict(images, new(-1, 1_000_000));
        var weights = network.state_dict().ToDictionary(w => w.Key, w => w.Value.clone());
        using (FoldedConvolutions.Of(network, Precision.Float32, CPU))
        {
            Assert.Equal(norms.Count, network.modules().OfType<IConvolutionNorms>().Sum(m => m.ConvolutionNorms.Count()));
            var folded = network.Predict(images, new(-1, 1_000_000));
            // Of nearly equal scores the order may turn: each side sorted by itself. Boxes in pixels.
            TensorAssert.Close(Sorted(apart.Scores), Sorted(folded.Scores), 1e-4);
            TensorAssert.Close(Sorted(apart.Boxes.flatten(1)), Sorted(folded.Boxes.flatten(1)), 1e-4 * Math.Max(96, apart.Boxes.abs().max().item<float>()));
            Assert.Equal(weights.Keys.Order(), network.state_dict().Keys.Order());
            Assert.All(network.state_dict(), w => Assert.True(weights[w.Key].eq(w.Value).all().item<bool>(), w.Key));
        }
        TensorAssert.Close(apart.Boxes, network.Predict(images, new(-1, 1_000_000)).Boxes, 0);

        static Tensor Sorted(Tensor values) => values.sort(1).Values;
    }

    [Theory]
    [InlineData(CnnArchitecture.ResNet18, 1)]
    [InlineData(CnnArchitecture.ResNet18, 3)]
    [InlineData(CnnArchitecture.ResNet50, 3)]
    public void Of_AClassifier_PredictsTheSameAndKeepsItsWeights(CnnArchitecture architecture, int channels)
    {
        manual_seed(4);
        using var network = NetworkAttribute.Of(architecture).Create(new(channels, 65, 64, 10, 0));
        PredictsTheSame(network, 65, 64, channels);
    }

    [Theory]
    [InlineData(SegmentationArchitecture.UNetResNet18, Rounding)]
    [InlineData(SegmentationArchitecture.FcnResNet18, Rounding)]
    [InlineData(SegmentationArchitecture.FcnResNet50, Rounding)]
    [InlineData(SegmentationArchitecture.DeepLabV3ResNet18, Rounding)]
    [InlineData(SegmentationArchitecture.DeepLabV3ResNet50, Rounding)]
    [InlineData(SegmentationArchitecture.SegNet, 0.01)] // of two values that rounding tells apart the other may be the maximum, and its place the one that is kept
    [InlineData(SegmentationArchitecture.NetworkInNetwork, Rounding)]
    public void Of_ASegmenter_PredictsTheSameAndKeepsItsWeights(SegmentationArchitecture architecture, double tolerance)
    {
        manual_seed(5);
        using var network = SegmentationNetworkAttribute.Of(architecture).Create(new(3, 4));
        PredictsTheSame(network, 64, 96, channels: 3, tolerance);
    }

    [Theory]
    [InlineData(true, UNetUpsampling.Bilinear, 1, 1)]
    [InlineData(true, UNetUpsampling.TransposedConvolution, 2, 3)]
    [InlineData(false, UNetUpsampling.TransposedConvolution, 1, 1)]
    public void Of_AUNet_PredictsTheSameAndKeepsItsWeights(bool batchNorm, UNetUpsampling upsampling, int patch, int channels)
    {
        manual_seed(6);
        var options = new UNetOptions { Depth = 2, Width = 8, BatchNorm = batchNorm, Upsampling = upsampling, PatchSize = patch };
        using var network = SegmentationNetworkAttribute.Of(SegmentationArchitecture.UNet).Create(new(channels, 2) { UNet = options });
        PredictsTheSame(network, 32, 48, channels);
    }

    [Fact]
    public void Of_WhereAGradientIsWanted_GivesTheSameGradient()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18), stages: 3);
        network.modules().OfType<BatchNorm2d>().ToList().ForEach(TrainedNorm.Stir);
        network.eval();
        var expected = Gradient();
        using var folded = FoldedConvolutions.Of(network, Precision.Float32, CPU);
        var gradient = Gradient();
        TensorAssert.Close(expected, gradient, 1e-5 * expected.abs().max().item<float>()); // sums of another order

        Tensor Gradient()
        {
            var images = arange(3 * 32 * 32, dtype: ScalarType.Float32).div_(1000).sin_().view(1, 3, 32, 32).requires_grad_();
            network.call(images).sum().backward();
            return images.grad!;
        }
    }

    [Fact]
    public void Of_CalledByManyThreadsAtOnce_GivesAllTheSame()
    {
        manual_seed(8);
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18), stages: 3);
        network.eval();
        using var images = randn(1, 3, 32, 32);
        using var folded = FoldedConvolutions.Of(network, Precision.Float32, CPU);
        var results = new float[4][];
        Parallel.For(0, results.Length, i =>
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            results[i] = network.call(images).contiguous().data<float>().ToArray();
        });
        Assert.All(results, r => Assert.Equal(results[0], r));
    }

    [SkippableFact]
    public void Of_BFloat16_IsNearFloat32()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(3);
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18));
        network.modules().OfType<BatchNorm2d>().ToList().ForEach(TrainedNorm.Stir);
        network.eval();
        var images = randn(2, 3, 64, 64);
        var expected = network.call(images);
        using var folded = FoldedConvolutions.Of(network, Precision.BFloat16, CPU);
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
        {
            var map = network.call(images);
            Assert.Equal(ScalarType.BFloat16, map.dtype);
            // Eight bits of mantissa through 20 layers.
            TensorAssert.Close(expected, map.to(ScalarType.Float32), 0.1 * expected.abs().max().item<float>());
        }
    }

    [Fact]
    public void Of_WithWhatAutoChooses_GivesProbabilitiesWithinAHundredth()
    {
        manual_seed(10);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = NetworkAttribute.Of(CnnArchitecture.ResNet18).Create(new(3, 64, 64, 10, 0));
        network.modules().OfType<BatchNorm2d>().ToList().ForEach(TrainedNorm.Stir);
        network.eval();
        // Sure of itself without being certain: of equal or certain probabilities no rounding shows.
        network.get_parameter("fc.weight")!.mul_(4);
        var images = randn(4, 3, 64, 64);
        var expected = network.call(images).softmax(1);
        Assert.InRange(expected.max().item<float>(), 0.5f, 0.99f);
        var precision = FoldedConvolutions.Choose(Precision.Auto, network, CPU);
        using var folded = FoldedConvolutions.Of(network, precision, CPU);
        using (MixedPrecision.Enter(precision, CPU))
            TensorAssert.Close(expected, network.call(images).to(ScalarType.Float32).softmax(1), 1e-2); // what predictions are to keep to
    }

    [SkippableTheory]
    [InlineData(CnnArchitecture.ResNet18, Precision.Float32)]
    [InlineData(CnnArchitecture.ResNet50, Precision.BFloat16)] // two thirds of its weights are those of single pixels
    [InlineData(CnnArchitecture.Cifar, Precision.BFloat16)]    // nothing folds
    public void Choose_AutoOnACpuOfVectors_IsFloat32WhereProductsAreSaved(CnnArchitecture architecture, Precision expected)
    {
        Skip.IfNot(NativeDoor.WhyClosed is null && LibTorch.Describe() is { OneDnn: true, BFloat16: BFloat16Hardware.Avx512 }, "needs bfloat16 of AVX512 without AMX");
        using var network = NetworkAttribute.Of(architecture).Create(new(3, 64, 64, 10, 0));
        Assert.Equal(expected, FoldedConvolutions.Choose(Precision.Auto, network, CPU));
        Assert.Equal(Precision.Float32, FoldedConvolutions.Choose(Precision.Float32, network, CPU));
        Assert.Equal(Precision.BFloat16, FoldedConvolutions.Choose(Precision.BFloat16, network, CPU));
    }

    [Fact]
    public void Dispose_LeavesNoTensor()
    {
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18), stages: 3);
        var before = Live.Tensors();
        FoldedConvolutions.Of(network, Precision.Float32, CPU).Dispose();
        Assert.Equal(before, Live.Tensors());
    }

    /// <summary>Folded as apart, twice, with no norm left to run, no weight changed, and afterwards as before.</summary>
    private static void PredictsTheSame(nn.Module<Tensor, Tensor> network, int height, int width, int channels, double tolerance = Rounding)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var norms = network.modules().OfType<BatchNorm2d>().ToList();
        norms.ForEach(TrainedNorm.Stir);
        network.eval();
        // As a batch lies: (N, C, H, W) in the memory of (N, H, W, C).
        var images = randn(2, height, width, channels).permute(0, 3, 1, 2);
        var ran = 0;
        foreach (var norm in norms)
            norm.register_forward_hook((_, _, y) => { ran++; return y; });
        var apart = network.call(images);
        Assert.Equal(norms.Count, ran);
        var weights = network.state_dict().ToDictionary(w => w.Key, w => w.Value.clone());
        using (FoldedConvolutions.Of(network, Precision.Float32, CPU))
        {
            ran = 0;
            tolerance *= apart.abs().max().item<float>();
            TensorAssert.Close(apart, network.call(images), tolerance);
            TensorAssert.Close(apart[1].unsqueeze(0), network.call(images[1].unsqueeze(0)), tolerance);
            Assert.Equal(0, ran);
            Assert.Equal(weights.Keys.Order(), network.state_dict().Keys.Order());
            Assert.All(network.state_dict(), w => TensorAssert.Same(weights[w.Key], w.Value, w.Key));
        }
        TensorAssert.Close(apart, network.call(images), 0);
    }
}
