using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>
/// What a network wants to see: size, channels and normalisation. The one description of preprocessing, for training and
/// for prediction; it is stored in the model.
/// </summary>
/// <param name="Height">Rows in pixels, at least 1.</param>
/// <param name="Width">Columns in pixels, at least 1.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Resize">What happens to an image of another size.</param>
/// <param name="Mean">Per channel, of pixels in [0, 1].</param>
/// <param name="StdDev">Per channel, above 0, of pixels in [0, 1].</param>
internal sealed record ImageInput(int Height, int Width, int Channels, ResizeMode Resize, IReadOnlyList<float> Mean, IReadOnlyList<float> StdDev)
{
    /// <summary>The largest side taken: beyond it one sample of RGB no longer fits a span of bytes.</summary>
    public const int LargestSide = 16384;

    /// <summary>Mean of ImageNet's training images in RGB; what torchvision's weights expect.</summary>
    public static IReadOnlyList<float> ImageNetMean { get; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Standard deviation of ImageNet's training images in RGB.</summary>
    public static IReadOnlyList<float> ImageNetStdDev { get; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Pixels scaled to [-1, 1] (mean and standard deviation 0.5 in each channel).</summary>
    public static ImageInput Create(int height, int width, int channels, ResizeMode resize = ResizeMode.Stretch) =>
        new(height, width, channels, resize, Enumerable.Repeat(0.5f, Math.Max(channels, 0)).ToArray(), Enumerable.Repeat(0.5f, Math.Max(channels, 0)).ToArray());

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
        if (Mean is null || Mean.Count != Channels || Mean.Any(m => !float.IsFinite(m)))
            yield return $"The mean must be {Channels} finite numbers, one per channel, but is [{Join(Mean)}].";
        if (StdDev is null || StdDev.Count != Channels || StdDev.Any(s => !(s > 0) || !float.IsFinite(s)))
            yield return $"The standard deviation must be {Channels} numbers above 0, one per channel, but is [{Join(StdDev)}].";
    }

    /// <summary>
    /// (x / 255 - mean) / std on the device the batch is on.
    /// </summary>
    /// <param name="images">(N, C, H, W), uint8, RGB; contiguous or channels-last, and the result is laid out the same.</param>
    /// <returns>(N, C, H, W), float32. The caller's to dispose.</returns>
    public Tensor Normalize(Tensor images)
    {
        // x * scale + shift is one multiplication and one addition an element, and differs from the formula by rounding only.
        var scale = StdDev.Select(s => (float)(1.0 / (255.0 * s))).ToArray();
        var shift = Mean.Zip(StdDev, (m, s) => (float)(-(double)m / s)).ToArray();
        using var scope = NewDisposeScope();
        var normalized = images.to(ScalarType.Float32);                                    // (N, C, H, W)
        if (scale.Distinct().Count() == 1 && shift.Distinct().Count() == 1)
            normalized.mul_(scale[0]).add_(shift[0]);
        else
            normalized.mul_(PerChannel(scale, images.device)).add_(PerChannel(shift, images.device));
        return normalized.MoveToOuterDisposeScope();

        static Tensor PerChannel(float[] values, Device device) => tensor(values, device: device).reshape(1, values.Length, 1, 1);
    }

    /// <summary>Records compare lists by reference; two inputs are the same when their numbers are.</summary>
    public bool Equals(ImageInput? other) =>
        other is not null && Height == other.Height && Width == other.Width && Channels == other.Channels && Resize == other.Resize
        && Mean.SequenceEqual(other.Mean) && StdDev.SequenceEqual(other.StdDev);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Width, Channels, Resize);

    private static string Join(IReadOnlyList<float>? values) => values is null ? "" : string.Join(", ", values);
}
