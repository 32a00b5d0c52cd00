using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>Gathers images from a row or cursor and prepares them together, on all cores. One reader belongs to one cursor.</summary>
internal sealed class ImageBatchReader : IDisposable
{
    private readonly RawImageReader _reader;
    private readonly ImageInput _input;
    private readonly RawImage[] _raw;
    private readonly ThreadLocal<ImagePreprocessor> _preprocessor;
    private readonly byte[] _pixels;

    public ImageBatchReader(DataViewRow row, DataViewSchema.Column image, ImageInput input, int capacity)
    {
        _reader = RawImageReader.Create(row, image);
        _input = input;
        _raw = new RawImage[capacity];
        _pixels = new byte[checked(capacity * input.SampleBytes)];
        _preprocessor = new(() => new ImagePreprocessor(input));
    }

    /// <summary>Images it can gather.</summary>
    public int Capacity => _raw.Length;

    /// <summary>Images it has gathered.</summary>
    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Takes the image of the row the cursor stands at.</summary>
    public void Add() => _reader.Read(_raw[Count++] ??= new RawImage());

    /// <returns>(N, C, H, W) uint8, laid out as (N, H, W, C). The caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names it.</exception>
    public Tensor ToTensor()
    {
        var size = _input.SampleBytes;
        if (Count == 1)
            _preprocessor.Value!.Process(_raw[0], _pixels.AsSpan(0, size));
        else
            Prepare(size);
        var pixels = Count == Capacity ? _pixels : _pixels[..(Count * size)];
        return tensor(pixels, [Count, _input.Height, _input.Width, _input.Channels], ScalarType.Byte).permute(0, 3, 1, 2);
    }

    public void Dispose() => _preprocessor.Dispose();

    private void Prepare(int size)
    {
        try
        {
            Parallel.For(0, Count, i => _preprocessor.Value!.Process(_raw[i], _pixels.AsSpan(i * size, size)));
        }
        catch (AggregateException e)
        {
            // Several may be unreadable; the first in the order of the rows is the one to name.
            throw e.Flatten().InnerExceptions.OfType<InvalidDataException>().FirstOrDefault() ?? e.InnerExceptions[0];
        }
    }
}
