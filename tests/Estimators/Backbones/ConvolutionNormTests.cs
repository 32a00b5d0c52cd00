using Fovea.Backbones;
using Fovea.Native;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

public class ConvolutionNormTests
{
    private static readonly bool Packs = NativeDoor.WhyClosed is null && LibTorch.Describe().OneDnn;

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
        TrainedNorm.Stir(norm);
        norm.eval();
        var pair = new ConvolutionNorm(convolution, norm);
        var images = randn(2, 8, 13, 17);
        var apart = pair.Call(images);
        pair.Fold(ScalarType.Float32, Packs);
        // float32 sums of up to 392 products of size 1 in another order.
        TensorAssert.Close(apart, pair.Call(images), 1e-5 * Math.Max(1, apart.abs().max().item<float>()));
        pair.Unfold();
        TensorAssert.Close(apart, pair.Call(images), 0);
    }

    /// <summary>Images, channels, filters, height, width, padding.</summary>
    public static TheoryData<int, int, int, int, int, int> WideConvolutions => new()
    {
        { 2, 16, 32, 14, 18, 1 },     // tiles of 4x4 hang over
        { 1, 48, 64, 33, 35, 0 },
        { 3, 32, 96, 9, 16, 2 },
        { 4, 64, 64, 28, 28, 1 },     // several blocks of tiles for each thread
        { 40, 384, 352, 7, 6, 1 },    // more weights than a cache holds, in several blocks
    };

    [Theory]
    [MemberData(nameof(WideConvolutions))]
    public void Call_FoldedOfManyChannels_IsTheConvolutionAndTheNormInFloat64(int images, int channels, int filters, int height, int width, int padding)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(9);
        using var convolution = nn.Conv2d(channels, filters, kernel_size: 3, padding: padding, bias: false);
        using var norm = nn.BatchNorm2d(filters);
        using var relu = nn.ReLU();
        TrainedNorm.Stir(norm);
        norm.eval();
        convolution.eval();
        var pair = new ConvolutionNorm(convolution, norm, relu);
        Assert.True(pair.SavesProducts);
        pair.Fold(ScalarType.Float32, Packs);
        foreach (var count in new[] { images, 1 })
        {
            var x = randn(count, height, width, channels).permute(0, 3, 1, 2);
            var found = pair.Call(x);
            var y = nn.functional.conv2d(x.to(ScalarType.Float64), convolution.weight.to(ScalarType.Float64), padding: [padding, padding]);
            var scale = norm.weight!.to(ScalarType.Float64) / (norm.running_var!.to(ScalarType.Float64) + norm.eps).sqrt();
            var expected = ((y - norm.running_mean!.view(-1, 1, 1)) * scale.view(-1, 1, 1) + norm.bias!.view(-1, 1, 1)).relu();
            // Three to four times what float32 sums of 3,456 products are off by: the transforms weigh sums against each other.
            TensorAssert.Close(expected.to(ScalarType.Float32), found, 1e-5 * expected.max().item<double>());
        }
        pair.Unfold();
    }

    [Fact]
    public void Call_FoldedOfManyChannels_KeepsWhatIsNotANumber()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var convolution = nn.Conv2d(16, 32, kernel_size: 3, padding: 1);
        using var relu = nn.ReLU();
        convolution.eval();
        var pair = new ConvolutionNorm(convolution, null, relu);
        pair.Fold(ScalarType.Float32, Packs);
        var images = zeros(1, 16, 16, 16);
        images[0, 3, 8, 8] = float.NaN;
        var nan = pair.Call(images).isnan();
        Assert.True(nan.narrow(2, 7, 3).narrow(3, 7, 3).all().item<bool>());
        // Tiles of 4x4 pixels: what the sixth of them and those around it see.
        Assert.False(nan.narrow(2, 0, 4).any().item<bool>());
        pair.Unfold();
    }

    [Fact]
    public void Call_InTrainMode_UsesTheBatch()
    {
        using var scope = NewDisposeScope();
        using var convolution = nn.Conv2d(3, 4, kernel_size: 1, bias: false);
        using var norm = nn.BatchNorm2d(4);
        var pair = new ConvolutionNorm(convolution, norm);
        pair.Fold(ScalarType.Float32, Packs);
        var result = pair.Call(randn(8, 3, 5, 5) + 3);
        // The norm's own mean is still 0: of the batch every channel's mean is 0.
        TensorAssert.Close(zeros(4), result.mean([0L, 2, 3]), 1e-5);
        pair.Unfold();
    }

    [SkippableFact]
    public void Call_InBFloat16_RoundsTheTapsOfAFilterSoThatTheirSumStays()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var convolution = nn.Conv2d(1, 1, kernel_size: 3, bias: false);
        convolution.eval();
        // Each of eight taps is nearest to 1; with the ninth their sum would be 0.
        const double tap = 1 + 0.9 / 256;
        convolution.weight!.fill_(tap);
        convolution.weight[0, 0, 2, 2] = -8f;
        var pair = new ConvolutionNorm(convolution, null);
        pair.Fold(ScalarType.BFloat16, packs: false);
        // Half a step between 1 and 2: what the last tap could not take over.
        Assert.Equal(8 * tap - 8, pair.Call(ones(1, 1, 3, 3, dtype: ScalarType.BFloat16)).to(ScalarType.Float64).item<double>(), 1.0 / 256);
        pair.Unfold();
    }
}
