using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Autoencoding.Evaluation;

/// <summary>Images as the pixels of the reconstructions' size.</summary>
internal sealed class PixelReader
{
    private readonly ImagePreprocessor _resized;
    private readonly ImagePreprocessor _unchanged;

    private PixelReader(int height, int width, AutoencoderEvaluation options)
    {
        (Height, Width, Channels) = (height, width, (int)options.Channels);
        _resized = new(ImageInput.Create(height, width, Channels, options.Resize));
        _unchanged = new(ImageInput.Create(height, width, Channels, ResizeMode.None));
    }

    /// <summary>For images of the size of a reconstruction.</summary>
    public static PixelReader Of(RawImage reconstruction, AutoencoderEvaluation options) => new(reconstruction.Height, reconstruction.Width, options);

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    /// <returns>(H, W, C), brought to the size of the reconstructions as the network's input was.</returns>
    public byte[] Resized(RawImage raw)
    {
        var pixels = new byte[Height * Width * Channels];
        _resized.Process(raw, pixels);
        return pixels;
    }

    /// <returns>(H, W, C).</returns>
    /// <exception cref="InvalidDataException">It has another size.</exception>
    public byte[] Unchanged(RawImage raw)
    {
        if (raw.Height != Height || raw.Width != Width)
            throw new InvalidDataException($"{raw.Name} is {raw.Width} x {raw.Height} pixels; the first reconstruction is {Width} x {Height}. All must have one size.");
        var pixels = new byte[Height * Width * Channels];
        _unchanged.Process(raw, pixels);
        return pixels;
    }

    public Canvas Picture(byte[] pixels) => new(Width, Height, Channels, pixels);
}
