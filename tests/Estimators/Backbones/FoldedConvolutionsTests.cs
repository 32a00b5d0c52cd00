using Fovea.Backbones;
using Fovea.Detection.Networks;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

public class FoldedConvolutionsTests
{
    /// <summary>Kernel, stride, padding, dilation, groups, bias.</summary>
    public static TheoryData<int, int, int, int, int, bool> Convolutions => new()
    {
        { 3, 1, 1, 1, 1, false }, { 3, 2, 1, 1, 1, true }, { 3, 1, 2, 2, 1, false }, { 1, 1, 0, 1, 1, false }, { 3, 1, 1, 1, 4, true }, { 7, 2, 3, 1, 1, false },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Call_Folded_IsTheConvolutionAndTheNorm(int kernel, int stride, int padding, int dilation, int groups, bool bias)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(1);
        using var convolution = nn.Conv2d(8, 12, kernel_size: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias);
        using var norm = nn.BatchNorm2d(12);
        Stir(norm);
        norm.eval();
        var pair = new ConvolutionNorm(convolution, norm);
        var images = randn(2, 8, 13, 17);
        var apart = pair.Call(images);
        pair.Fold(ScalarType.Float32);
        // float32 sums of up to 392 products of size 1 in another order.
        TensorAssert.Close(apart, pair.Call(images), 1e-5 * Math.Max(1, apart.abs().max().item<float>()));
        pair.Unfold();
        TensorAssert.Close(apart, pair.Call(images), 0);
    }

    [Fact]
    public void Call_InTrainMode_UsesTheBatch()
    {
        using var scope = NewDisposeScope();
        using var convolution = nn.Conv2d(3, 4, kernel_size: 1, bias: false);
        using var norm = nn.BatchNorm2d(4);
        var pair = new ConvolutionNorm(convolution, norm);
        pair.Fold(ScalarType.Float32);
        var result = pair.Call(randn(8, 3, 5, 5) + 3);
        // The norm's own mean is still 0: of the batch every channel's mean is 0.
        TensorAssert.Close(zeros(4), result.mean([0L, 2, 3]), 1e-5);
        pair.Unfold();
    }

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
        norms.ForEach(Stir);
        network.eval();
        var images = randn(2, 3, 64, 96);
        var apart = network.Predict(images, new(-1, 1_000_000));
        var weights = network.state_dict().ToDictionary(w => w.Key, w => w.Value.clone());
        using (FoldedConvolutions.Of(network, Precision.Float32))
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

    [SkippableFact]
    public void Of_BFloat16_IsNearFloat32()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(3);
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18));
        network.modules().OfType<BatchNorm2d>().ToList().ForEach(Stir);
        network.eval();
        var images = randn(2, 3, 64, 64);
        var expected = network.call(images);
        using var folded = FoldedConvolutions.Of(network, Precision.BFloat16);
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
        {
            var map = network.call(images);
            Assert.Equal(ScalarType.BFloat16, map.dtype);
            // Eight bits of mantissa through 20 layers.
            TensorAssert.Close(expected, map.to(ScalarType.Float32), 0.1 * expected.abs().max().item<float>());
        }
    }

    [Fact]
    public void Dispose_LeavesNoTensor()
    {
        using var network = ResNet.Encoder(3, ResNetPlan.Of(18), stages: 3);
        var before = Live.Tensors();
        FoldedConvolutions.Of(network, Precision.Float32).Dispose();
        Assert.Equal(before, Live.Tensors());
    }

    /// <summary>Numbers as training leaves them, by which no channel grows or vanishes.</summary>
    private static void Stir(BatchNorm2d norm)
    {
        using var frozen = no_grad();
        norm.weight!.uniform_(0.5, 1.5);
        norm.bias!.uniform_(-0.5, 0.5);
        norm.running_mean!.uniform_(-0.5, 0.5);
        norm.running_var!.uniform_(0.5, 2);
    }
}
