using Fovea.Backbones;

namespace Fovea.Segmentation.Networks;

/// <summary>What a segmentation network is built for.</summary>
/// <param name="Channels">C of its input (N, C, H, W): 1 grey, 3 RGB.</param>
/// <param name="Classes">K of its output (N, K, H, W).</param>
internal sealed record SegmentationNetworkInput(int Channels, int Classes)
{
    /// <summary>With the second head that helps training, where the network has one; its weights are then in the state dict.</summary>
    public bool Auxiliary { get; init; }

    /// <summary>For U-Nets.</summary>
    public UNetOptions UNet { get; init; } = new();

    /// <summary>For networks on a ResNet; the architecture's attribute sets it.</summary>
    public ResNetPlan Backbone { get; init; } = ResNetPlan.Of(50);
}
