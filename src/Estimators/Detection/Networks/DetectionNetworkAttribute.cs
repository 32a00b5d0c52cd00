using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>Stands on a member of <see cref="DetectionArchitecture"/> and builds that network: the one line that adds one.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class DetectionNetworkAttribute : Attribute
{
    /// <summary>Layers of its ResNet: 18, 34, 50 or 101. 0, the default: it has none.</summary>
    public int ResNet { get; init; }

    /// <summary>The network with new weights. The caller's to dispose.</summary>
    public DetectionNetwork Create(DetectionNetworkInput input)
    {
        // A module takes its parameters and buffers out of the scope; what initializing them leaves behind would hold their memory until the next collection.
        using var scope = NewDisposeScope();
        return Build(ResNet == 0 ? input : input with { Backbone = ResNetPlan.Of(ResNet) });
    }

    /// <summary>The network of the class.</summary>
    protected abstract DetectionNetwork Build(DetectionNetworkInput input);

    /// <summary>The attribute of a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    public static DetectionNetworkAttribute Of(DetectionArchitecture architecture) =>
        ArchitectureEnum.AttributeOf<DetectionArchitecture, DetectionNetworkAttribute>(architecture);
}

/// <summary>A network that is a class of its own.</summary>
internal sealed class DetectionNetworkAttribute<TNetwork> : DetectionNetworkAttribute
    where TNetwork : DetectionNetwork, IDetectionNetwork<TNetwork>
{
    protected override DetectionNetwork Build(DetectionNetworkInput input) => TNetwork.Create(input);
}
