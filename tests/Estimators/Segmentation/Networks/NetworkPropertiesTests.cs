using Fovea.Segmentation.Networks;
using Fovea.Tests.Backbones;
using Fovea.Training;
using TorchSharp.Modules;
using static Fovea.Tests.Segmentation.Networks.Networks;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation.Networks;

public class NetworkPropertiesTests
{
    [Theory]
    [InlineData(SegmentationArchitecture.UNet, 4, 8)]
    [InlineData(SegmentationArchitecture.UNetResNet18, 32, 64)]
    [InlineData(SegmentationArchitecture.FcnResNet18, 8, 16)]
    [InlineData(SegmentationArchitecture.DeepLabV3ResNet18, 8, 16)]
    [InlineData(SegmentationArchitecture.SegNet, 32, 32)]
    [InlineData(SegmentationArchitecture.NetworkInNetwork, 4, 8)]
    public void Forward_SmallestAndOddMultiplesOfTheStride_KeepTheSize(SegmentationArchitecture architecture, int stride, int minimum)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        Assert.Equal((stride, minimum), (network.Stride, network.MinimumSize));
        foreach (var (height, width) in new[] { (minimum, minimum), (minimum + stride, minimum), (minimum, minimum + (3 * stride)) })
        {
            network.eval();
            Assert.Equal([2, 3, height, width], network.call(Formula.Images(2, 1, height, width)).shape);
            // Batch norm needs two values a map: the smallest batch on the smallest image must have them.
            network.train();
            Assert.Equal([network.MinimumBatch, 3, height, width], network.call(Formula.Images(network.MinimumBatch, 1, height, width)).shape);
        }
    }

    [Theory]
    [InlineData(SegmentationArchitecture.UNet, 16, 18, "8x8 pixels whose sides are multiples of 4; got 18x16")]
    [InlineData(SegmentationArchitecture.UNet, 4, 16, "got 16x4")]
    [InlineData(SegmentationArchitecture.SegNet, 48, 64, "multiples of 32; got 64x48")]
    [InlineData(SegmentationArchitecture.FcnResNet18, 8, 64, "at least 16x16 pixels; got 64x8")]
    public void Forward_SizeItCannotTake_SaysWhatItTakes(SegmentationArchitecture architecture, int height, int width, string wanted)
    {
        using var scope = NewDisposeScope();
        using var network = Small(architecture);
        var e = Assert.Throws<ArgumentException>(() => network.call(Formula.Images(1, 1, height, width)));
        Assert.Contains(wanted, e.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Backward_BothHeads_ReachesEveryParameter(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        // In prediction mode: in training a bias before batch norm has no effect, as SegNet's.
        using var network = Small(architecture, auxiliary: SegmentationNetworkAttribute.Of(architecture).HasAuxiliary);
        var (logits, auxiliary) = network.ForwardWithAuxiliary(Formula.Images(2, 1, 64, 64));
        var labels = arange(2 * 64 * 64, ScalarType.Int64).remainder(3).reshape(2, 64, 64);
        var loss = nn.functional.cross_entropy(logits, labels);
        if (auxiliary is not null)
            loss += nn.functional.cross_entropy(auxiliary, labels);
        loss.backward();
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad is { } g && g.isfinite().all().item<bool>() && g.abs().sum().item<float>() > 0, p.name));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Forward_ImagesInAnotherOrder_GivesTheLogitsInThatOrder(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        var images = Formula.Images(3, 1, 64, 64);
        // Kernels block the batch, so an image's sums may come in another order.
        TensorAssert.Close(network.call(images).flip(0), network.call(images.flip(0)), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Forward_ChannelsLast_GivesTheSameLogits(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        var images = Formula.Images(2, 1, 64, 64);
        // (N, C, H, W) over memory in the order N, H, W, C.
        var last = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        TensorAssert.Close(network.call(images), network.call(last), 1e-5);
    }

    // A constant image looks the same from two places a stride apart, as long as neither sees the border.
    [Theory]
    [InlineData(SegmentationArchitecture.UNet, 96, 32)]
    [InlineData(SegmentationArchitecture.NetworkInNetwork, 64, 24)]
    public void Forward_ConstantImage_RepeatsWithTheStrideAwayFromTheBorder(SegmentationArchitecture architecture, int size, int border)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        var logits = network.call(full([1, 1, size, size], 0.7f));
        var inner = logits[.., .., border..^border, border..^border];
        var shifted = logits[.., .., (border + network.Stride)..(size - border + network.Stride), border..^border];
        TensorAssert.Close(inner, shifted, 1e-6);
        Assert.True((logits[.., .., 0, 0] - logits[.., .., border, border]).abs().max().item<float>() > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Training_BlackImages_GivesFiniteLogitsAndGradients(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var network = Small(architecture);
        network.train();
        // No variance at all for the first batch norm to divide by.
        var logits = network.call(zeros(2, 1, 64, 64));
        nn.functional.cross_entropy(logits, zeros([2, 64, 64], ScalarType.Int64)).backward();
        Assert.True(logits.isfinite().all().item<bool>());
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad!.isfinite().all().item<bool>(), p.name));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Training_Mode_DecidesWhetherBatchNormLearnsAndDropoutDrops(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        var images = Formula.Images(2, 1, 64, 64);
        var before = network.call(images);
        TensorAssert.Close(before, network.call(images), 0);
        network.train();
        using (NewDisposeScope())
            network.call(images);
        network.eval();
        var changes = (before - network.call(images)).abs().max().item<float>();
        Assert.Equal(network.modules().OfType<BatchNorm2d>().Any(), changes > 1e-4);
        network.train();
        foreach (var norm in network.modules().OfType<BatchNorm2d>())
            norm.eval();
        Assert.Equal(network.modules().OfType<Dropout>().Any(), (network.call(images) - network.call(images)).abs().max().item<float>() > 1e-4);
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Backward_BFloat16_IsNearFloat32(SegmentationArchitecture architecture)
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var network = Small(architecture);
        var images = Formula.Images(2, 1, 64, 64);
        var wanted = network.call(images).detach();
        Tensor logits;
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
            logits = network.call(images).to(ScalarType.Float32);
        logits.square().mean().backward();
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad!.isfinite().all().item<bool>(), p.name));
        // 8 bits of a number, rounded anew in up to 40 layers; SegNet's maxima also change places where two are near each other.
        var apart = ((logits - wanted).norm() / (wanted - wanted.mean()).norm()).item<float>();
        Assert.True(apart < 0.1, $"The logits are apart by {apart:g3} of their spread.");
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Forward_Prediction_LeavesNothingButTheLogits(SegmentationArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Small(architecture);
        var images = Formula.Images(1, 1, 64, 64);
        var before = scope.DisposablesCount;
        network.call(images);
        Assert.Equal(before + 1, scope.DisposablesCount);
    }
}
