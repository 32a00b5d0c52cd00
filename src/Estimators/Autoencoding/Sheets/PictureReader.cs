using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML.Data;

namespace Fovea.Autoencoding.Sheets;

/// <summary>Images as the network sees them.</summary>
internal sealed class PictureReader(ImageInput input)
{
    private readonly ImagePreprocessor _preprocessor = new(input);
    private readonly byte[] _pixels = new byte[input.SampleBytes];
    private readonly RawImage _raw = new();

    /// <returns>Of the input's size.</returns>
    public Canvas Read(MLImage image)
    {
        if (!_raw.TryTake(image))
            throw new ArgumentException($"The image has the pixel format {image.PixelFormat}; it must be Bgra32 or Rgba32.", nameof(image));
        return Read(_raw);
    }

    /// <returns>Of the input's size.</returns>
    public Canvas Read(RawImage raw)
    {
        _preprocessor.Process(raw, _pixels);
        return new Canvas(input.Width, input.Height, input.Channels, _pixels);
    }
}
