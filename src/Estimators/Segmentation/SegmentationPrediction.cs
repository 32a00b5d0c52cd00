namespace Fovea.Segmentation;

/// <summary>What a segmenter says of one image.</summary>
/// <param name="Width">W of the original image.</param>
/// <param name="Height">H of the original image.</param>
/// <param name="Mask">(H, W), class index; <see cref="Sample.Ignored"/> where the network did not see the image.</param>
/// <param name="Probabilities">(K, H, W), or empty where nobody asked for them; 0 where the network did not see the image.</param>
internal sealed record SegmentationPrediction(int Width, int Height, byte[] Mask, float[] Probabilities);
