namespace Fovea.Segmentation.Networks;

/// <summary>A segmentation network that can be built from its input alone.</summary>
internal interface ISegmentationNetwork<out TSelf>
{
    static abstract TSelf Create(SegmentationNetworkInput input);
}
