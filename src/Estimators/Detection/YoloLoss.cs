namespace Fovea;

/// <summary>What a YOLO minimizes.</summary>
public enum YoloLoss
{
    /// <summary>
    /// Each object is learned by the ten cells whose score and box suit it best (Feng et al., 2021, https://arxiv.org/abs/2108.07755, as
    /// YOLOv6 and YOLOv8 take it up): binary cross-entropy of the classes against how well they suit, and 1 − IoU of the boxes.
    /// </summary>
    TaskAligned,

    /// <summary>
    /// The 2016 paper's (Redmon et al., https://arxiv.org/abs/1506.02640): of the cells around an object's center the one whose box meets it most
    /// is responsible; squared errors of center, square root of the sides, and of the objectness; cross-entropy of the classes.
    /// </summary>
    Squared,
}
