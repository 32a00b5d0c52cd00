namespace Fovea.Data;

/// <summary>Decodes images at their own size, upright, and keeps the file for who wants its header too. Holds buffers: one for each thread.</summary>
internal sealed class WholeImage
{
    private readonly ImagePreprocessor _preprocessor = new(ImageInput.Create(1, 1, 3)); // of its input only the channels count here
    private readonly RawImage _file = new();

    /// <summary>W of the last image.</summary>
    public int Width { get; private set; }

    /// <summary>H of the last image.</summary>
    public int Height { get; private set; }

    /// <summary>The last image before it was decoded: the bytes of its file, or pixels. Of a path, what lay there.</summary>
    public RawImage Source { get; private set; } = null!;

    /// <param name="raw">An image in any form.</param>
    /// <returns>(H, W, 3), RGB; holds until the next call.</returns>
    /// <exception cref="InvalidDataException">It is no image, a damaged one or too large; the message names it.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public ReadOnlySpan<byte> Read(RawImage raw)
    {
        Source = raw;
        if (raw.Kind == RawImageKind.File)
        {
            ImageFile.Read(raw, _file);
            (_file.Kind, _file.Path, _file.Row) = (RawImageKind.Encoded, raw.Path, raw.Row);
            Source = _file;
        }
        var pixels = _preprocessor.Whole(Source, out var width, out var height);
        (Width, Height) = (width, height);
        return pixels;
    }
}
