namespace Fovea;

/// <summary>The bounds of a crop's size.</summary>
internal static class CropSize
{
    /// <summary>The largest side of a sample.</summary>
    public const int Most = 16384;

    public static void Check(int height, int width)
    {
        if (height is < 1 or > Most)
            throw new ArgumentOutOfRangeException(nameof(height), height, $"The height of a crop must be 1 to {Most} pixels.");
        if (width is < 1 or > Most)
            throw new ArgumentOutOfRangeException(nameof(width), width, $"The width of a crop must be 1 to {Most} pixels.");
    }

    /// <exception cref="ArgumentException">The crop is larger than the sample.</exception>
    public static (int Height, int Width) Within(int cropHeight, int cropWidth, int height, int width) => cropHeight <= height && cropWidth <= width
        ? (cropHeight, cropWidth)
        : throw new ArgumentException($"A crop of {cropHeight} x {cropWidth} pixels (height x width) cannot be cut from samples of {height} x {width}. Make the input larger, pad first, or crop less.");
}
