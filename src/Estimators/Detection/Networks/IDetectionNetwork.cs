namespace Fovea.Detection.Networks;

/// <summary>A detection network that can be built from its input alone.</summary>
internal interface IDetectionNetwork<out TSelf>
{
    static abstract TSelf Create(DetectionNetworkInput input);
}
