using Fovea.Backbones;

namespace Fovea.Detection.Networks;

/// <summary>What a detection network is built for.</summary>
/// <param name="Channels">C of its images (N, C, H, W): 1 grey, 3 RGB.</param>
/// <param name="Classes">K; there is no class of the background among them.</param>
internal sealed record DetectionNetworkInput(int Channels, int Classes)
{
    /// <summary>For YOLO.</summary>
    public YoloOptions Yolo { get; init; } = new();

    /// <summary>For Faster R-CNN.</summary>
    public FasterRcnnOptions FasterRcnn { get; init; } = new();

    /// <summary>For networks on a ResNet; the architecture's attribute sets it. Null: the network's own small backbone.</summary>
    public ResNetPlan? Backbone { get; init; }
}
