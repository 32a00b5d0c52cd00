using Fovea.Detection.Networks;

namespace Fovea;

/// <summary>The detection networks there are. A new one is a file in <c>Networks/</c> and a line here. Parameters are those for RGB and 3 classes.</summary>
public enum DetectionArchitecture
{
    /// <summary>YOLO on a small CSP backbone, shaped by <see cref="YoloOptions"/>; 1.5 M parameters in its default shape.</summary>
    [DetectionNetwork<Yolo>]
    Yolo,

    /// <summary>YOLO on a ResNet-18, 11.8 M parameters.</summary>
    [DetectionNetwork<Yolo>(ResNet = 18)]
    YoloResNet18,

    /// <summary>YOLO on a ResNet-34, 21.9 M parameters.</summary>
    [DetectionNetwork<Yolo>(ResNet = 34)]
    YoloResNet34,

    /// <summary>YOLO on a ResNet-50, 24.3 M parameters.</summary>
    [DetectionNetwork<Yolo>(ResNet = 50)]
    YoloResNet50,

    /// <summary>Faster R-CNN on a ResNet-18, shaped by <see cref="FasterRcnnOptions"/>; 28.3 M parameters, in the small shape 13.6 M.</summary>
    [DetectionNetwork<FasterRcnn>(ResNet = 18)]
    FasterRcnnResNet18,

    /// <summary>Faster R-CNN on a ResNet-34, 38.4 M parameters.</summary>
    [DetectionNetwork<FasterRcnn>(ResNet = 34)]
    FasterRcnnResNet34,

    /// <summary>Faster R-CNN on a ResNet-50, torchvision's <c>fasterrcnn_resnet50_fpn</c>, 41.4 M parameters.</summary>
    [DetectionNetwork<FasterRcnn>(ResNet = 50)]
    FasterRcnnResNet50,

    /// <summary>At most one object an image, on a ResNet-18: whether it is there, its class and its box; 13.3 M parameters.</summary>
    [DetectionNetwork<Localizer>(ResNet = 18)]
    Localizer,
}
