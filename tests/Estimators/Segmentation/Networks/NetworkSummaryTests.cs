using Fovea.Segmentation.Networks;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation.Networks;

public class NetworkSummaryTests
{
    // Down: 5, 6 | 14, 16 | 32. Up: two convolutions at half size see 8 pixels more, two at full size 4. Interpolating sees one coarse value more, 4 and then 2 pixels.
    [Theory]
    [InlineData(UNetUpsampling.TransposedConvolution, 44)]
    [InlineData(UNetUpsampling.Bilinear, 50)]
    public void UNet_ReceptiveFieldAndParameters_AreAsCountedByHand(UNetUpsampling upsampling, long field)
    {
        using var network = SegmentationNetworkAttribute.Of(SegmentationArchitecture.UNet)
            .Create(new(3, 2) { UNet = new() { Depth = 2, Width = 4, Upsampling = upsampling } });
        var summary = NetworkSummary.Of(network, new NetworkInput(3, 32, 32, 2, 0), CPU);
        var head = summary.Layers[^1];
        Assert.Equal("head", head.Name);
        Assert.Equal(field, head.ReceptiveField);
        Assert.Equal([2, 32, 32], head.OutputSize);
        Assert.Equal(network.parameters().Sum(p => p.numel()), summary.Layers.Sum(l => l.Parameters));
    }
}
