using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>torchvision's head of an FCN, which DeepLabV3 has as its second one: a 3x3 convolution to a quarter of the maps, dropout, 1x1 to the classes.</summary>
internal static class FcnHead
{
    /// <returns>(N, channels, H, W) to (N, K, H, W).</returns>
    public static Sequential Create(long channels, int classes) => nn.Sequential(
        nn.Conv2d(channels, channels / 4, kernel_size: 3, padding: 1, bias: false),
        nn.BatchNorm2d(channels / 4),
        nn.ReLU(inplace: true),
        nn.Dropout(0.1),
        nn.Conv2d(channels / 4, classes, kernel_size: 1));
}
