using Fovea.Segmentation.Networks;

namespace Fovea;

/// <summary>
/// The segmentation networks there are. A new one is a file in <c>Networks/</c> and a line here. Parameters are those for RGB
/// and 21 classes, without a second head.
/// </summary>
public enum SegmentationArchitecture
{
    /// <summary>U-Net, shaped by <see cref="UNetOptions"/>; 31.0 M parameters in the paper's shape.</summary>
    [SegmentationNetwork<UNet>]
    UNet,

    /// <summary>U-Net on a ResNet-18, 14.2 M parameters.</summary>
    [SegmentationNetwork<UNetResNet>(ResNet = 18)]
    UNetResNet18,

    /// <summary>U-Net on a ResNet-34, 24.3 M parameters.</summary>
    [SegmentationNetwork<UNetResNet>(ResNet = 34)]
    UNetResNet34,

    /// <summary>U-Net on a ResNet-50, 30.5 M parameters.</summary>
    [SegmentationNetwork<UNetResNet>(ResNet = 50)]
    UNetResNet50,

    /// <summary>FCN on a dilated ResNet-18, 11.8 M parameters.</summary>
    [SegmentationNetwork<Fcn>(ResNet = 18, HasAuxiliary = true)]
    FcnResNet18,

    /// <summary>FCN on a dilated ResNet-34, 21.9 M parameters.</summary>
    [SegmentationNetwork<Fcn>(ResNet = 34, HasAuxiliary = true)]
    FcnResNet34,

    /// <summary>FCN on a dilated ResNet-50, 33.0 M parameters: torchvision's <c>fcn_resnet50</c>.</summary>
    [SegmentationNetwork<Fcn>(ResNet = 50, HasAuxiliary = true)]
    FcnResNet50,

    /// <summary>FCN on a dilated ResNet-101, 51.9 M parameters: torchvision's <c>fcn_resnet101</c>.</summary>
    [SegmentationNetwork<Fcn>(ResNet = 101, HasAuxiliary = true)]
    FcnResNet101,

    /// <summary>DeepLabV3 on a dilated ResNet-18, 15.9 M parameters.</summary>
    [SegmentationNetwork<DeepLabV3>(ResNet = 18, HasAuxiliary = true)]
    DeepLabV3ResNet18,

    /// <summary>DeepLabV3 on a dilated ResNet-34, 26.0 M parameters.</summary>
    [SegmentationNetwork<DeepLabV3>(ResNet = 34, HasAuxiliary = true)]
    DeepLabV3ResNet34,

    /// <summary>DeepLabV3 on a dilated ResNet-50, 39.6 M parameters: torchvision's <c>deeplabv3_resnet50</c>.</summary>
    [SegmentationNetwork<DeepLabV3>(ResNet = 50, HasAuxiliary = true)]
    DeepLabV3ResNet50,

    /// <summary>DeepLabV3 on a dilated ResNet-101, 58.6 M parameters: torchvision's <c>deeplabv3_resnet101</c>.</summary>
    [SegmentationNetwork<DeepLabV3>(ResNet = 101, HasAuxiliary = true)]
    DeepLabV3ResNet101,

    /// <summary>SegNet, 29.5 M parameters.</summary>
    [SegmentationNetwork<SegNet>]
    SegNet,

    /// <summary>Network in network, 1.0 M parameters.</summary>
    [SegmentationNetwork<NetworkInNetwork>]
    NetworkInNetwork,
}
