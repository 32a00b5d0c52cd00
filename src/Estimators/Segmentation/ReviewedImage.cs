using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Segmentation;

/// <summary>An image with its true and its predicted mask, small as they are shown.</summary>
/// <param name="Name">What a caption calls it.</param>
/// <param name="Width">Of the image itself, in pixels.</param>
/// <param name="Height">Of the image itself, in pixels.</param>
/// <param name="Metrics">Of this image alone, from all its pixels.</param>
/// <param name="Picture">The image.</param>
/// <param name="Truth">Class of each pixel of the picture, (H, W).</param>
/// <param name="Predicted">Class of each pixel of the picture, (H, W).</param>
internal sealed record ReviewedImage(string Name, int Width, int Height, SegmentationMetrics Metrics, Canvas Picture, byte[] Truth, byte[] Predicted)
{
    /// <summary>Whether a class, or <see cref="Sample.Ignored"/>, is seen in truth or prediction.</summary>
    public bool Shows(byte value) => Truth.Contains(value) || Predicted.Contains(value);
}
