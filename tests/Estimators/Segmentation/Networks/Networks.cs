using Fovea.Backbones;
using Fovea.Segmentation.Networks;
using Fovea.Tests.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation.Networks;

/// <summary>The numbers of tests/Reference/estimators/segmentation.py, and small networks of every kind.</summary>
internal static class Networks
{
    /// <summary>A grid of logits, a row an image, and a probe of all.</summary>
    public sealed record Result(double[][] Grid, double[] Probe);

    public sealed record Case(string Architecture, int Channels, int Classes, int Height, int Width, UNetOptions UNet, Result Logits, Result? Auxiliary,
        double? Loss, Dictionary<string, double[]>? Gradients, Result? Training, Dictionary<string, double[]>? Running)
    {
        public string Name => $"{Architecture} {Channels}x{Height}x{Width}";

        public SegmentationNetwork Create() => SegmentationNetworkAttribute.Of(Enum.Parse<SegmentationArchitecture>(Architecture))
            .Create(new(Channels, Classes) { Auxiliary = Auxiliary is not null, UNet = UNet });

        public Tensor Images() => Formula.Images(2, Channels, Height, Width);
    }

    public sealed record Reference(Dictionary<string, long> Parameters, Dictionary<string, Dictionary<string, double[]>> Initial, Case[] Cases);

    public static readonly Reference PyTorch = Expected.Read<Reference>("segmentation.json");

    /// <summary>One network of every kind, the smaller of those that differ in numbers only.</summary>
    public static TheoryData<SegmentationArchitecture> Kinds =>
    [
        SegmentationArchitecture.UNet, SegmentationArchitecture.UNetResNet18, SegmentationArchitecture.FcnResNet18, SegmentationArchitecture.DeepLabV3ResNet18,
        SegmentationArchitecture.SegNet, SegmentationArchitecture.NetworkInNetwork,
    ];

    /// <summary>With the formula's weights, ready to predict.</summary>
    public static SegmentationNetwork Small(SegmentationArchitecture architecture, int classes = 3, bool auxiliary = false)
    {
        var network = SegmentationNetworkAttribute.Of(architecture).Create(new(1, classes) { Auxiliary = auxiliary, UNet = new() { Depth = 2, Width = 4 } });
        Formula.Fill(network);
        network.eval();
        return network;
    }

    public static void StopDropout(nn.Module network)
    {
        foreach (var dropout in network.modules().OfType<Dropout>())
            dropout.eval();
    }
}
