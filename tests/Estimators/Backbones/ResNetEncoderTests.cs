using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

public class ResNetEncoderTests
{
    // What dilation is for: the strided network's values, and new ones between them.
    [Theory]
    [InlineData(18, 8)]
    [InlineData(18, 16)]
    [InlineData(50, 8)]
    [InlineData(50, 16)]
    public void Features_DilatedInsteadOfStrided_HasTheSameValuesWhereBothHaveOne(int layers, int outputStride)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var plan = ResNetPlan.Of(layers);
        using var strided = ResNet.Encoder(3, plan);
        using var dilated = ResNet.Encoder(3, plan, outputStride);
        foreach (var network in new[] { strided, dilated })
        {
            Formula.Fill(network);
            network.eval();
        }
        var images = Formula.Images(1, 3, 64, 96);
        var coarse = strided.Features(images);
        var fine = dilated.Features(images);
        for (var map = 0; map < 5; map++)
        {
            var stride = 2 << map;
            Assert.Equal([1, plan.Channels[map], 64 / stride, 96 / stride], coarse[map].shape);
            Assert.Equal([1, plan.Channels[map], 64 / Math.Min(stride, outputStride), 96 / Math.Min(stride, outputStride)], fine[map].shape);
            var step = Math.Max(1, stride / outputStride);
            // float32 sums of up to 4,608 products in another order.
            TensorAssert.Close(coarse[map], fine[map][.., .., TensorIndex.Slice(step: step), TensorIndex.Slice(step: step)], 1e-4 * coarse[map].abs().max().item<float>());
        }
    }

    [Fact]
    public void Encoder_Keys_AreTheClassifiersWithoutItsLastLayer()
    {
        using var encoder = ResNet.Encoder(3, ResNetPlan.Of(18), outputStride: 8);
        using var classifier = new ResNet(new NetworkInput(3, 64, 64, 10, 0), ResNetPlan.Of(18));
        Assert.Equal(classifier.state_dict().Keys.Where(key => !key.StartsWith("fc.", StringComparison.Ordinal)), encoder.state_dict().Keys);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    public void Encoder_StrideThereIsNot_NamesThoseThereAre(int outputStride)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => ResNet.Encoder(3, ResNetPlan.Of(18), outputStride));
        Assert.Contains("8, 16 and 32", e.Message);
    }

    [Fact]
    public void Of_LayersThereAreNot_NamesThoseThereAre()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => ResNetPlan.Of(19));
        Assert.Contains("18, 34, 50, 101 and 152", e.Message);
    }
}
