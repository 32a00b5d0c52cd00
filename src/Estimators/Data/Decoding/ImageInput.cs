using System.Text.Json.Serialization;

namespace Fovea.Data;

/// <summary>
/// The pixels that a network wants to see: size and channels. The one description of how images are decoded and resized, for
/// training and for prediction; it is stored in the model. What the pixels then become is <see cref="PixelNormalizer"/>'s.
/// </summary>
/// <param name="Height">Rows in pixels, at least 1.</param>
/// <param name="Width">Columns in pixels, at least 1.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Resize">What happens to an image of another size.</param>
internal sealed record ImageInput(int Height, int Width, int Channels, ResizeMode Resize)
{
    /// <summary>The largest side taken: beyond it one sample of RGB no longer fits a span of bytes.</summary>
    public const int LargestSide = 16384;

    public static ImageInput Create(int height, int width, int channels, ResizeMode resize = ResizeMode.Stretch) => new(height, width, channels, resize);

    /// <summary>Bytes of one sample: C * H * W.</summary>
    [JsonIgnore]
    public int SampleBytes => checked(Channels * Height * Width);

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    public IEnumerable<string> Problems()
    {
        if (Height is < 1 or > LargestSide)
            yield return $"The image height must be 1 to {LargestSide} pixels, but is {Height}.";
        if (Width is < 1 or > LargestSide)
            yield return $"The image width must be 1 to {LargestSide} pixels, but is {Width}.";
        if (Channels is not (1 or 3))
            yield return $"The image channels must be 1 (grey) or 3 (RGB), but are {Channels}.";
        if (!Enum.IsDefined(Resize))
            yield return $"The resize mode must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}, but is {(int)Resize}.";
    }
}
