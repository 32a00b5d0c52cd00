using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>Stands on a member of <see cref="SegmentationArchitecture"/> and builds that network: the one line that adds one.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class SegmentationNetworkAttribute : Attribute
{
    /// <summary>Layers of its ResNet: 18, 34, 50 or 101. 0, the default: it has none.</summary>
    public int ResNet { get; init; }

    /// <summary>A second head for training is to be had (<see cref="SegmentationNetworkInput.Auxiliary"/>).</summary>
    public bool HasAuxiliary { get; init; }

    /// <summary>The network with new weights. The caller's to dispose.</summary>
    public SegmentationNetwork Create(SegmentationNetworkInput input)
    {
        // A module takes its parameters and buffers out of the scope; what initializing them leaves behind would hold their memory until the next collection.
        using var scope = NewDisposeScope();
        return Build(ResNet == 0 ? input : input with { Backbone = ResNetPlan.Of(ResNet) });
    }

    /// <summary>The network of the class.</summary>
    protected abstract SegmentationNetwork Build(SegmentationNetworkInput input);

    /// <summary>The attribute of a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    public static SegmentationNetworkAttribute Of(SegmentationArchitecture architecture) =>
        ArchitectureEnum.AttributeOf<SegmentationArchitecture, SegmentationNetworkAttribute>(architecture);
}

/// <summary>A network that is a class of its own.</summary>
internal sealed class SegmentationNetworkAttribute<TNetwork> : SegmentationNetworkAttribute
    where TNetwork : SegmentationNetwork, ISegmentationNetwork<TNetwork>
{
    protected override SegmentationNetwork Build(SegmentationNetworkInput input) => TNetwork.Create(input);
}
