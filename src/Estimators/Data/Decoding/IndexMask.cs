using System.Buffers;

namespace Fovea.Data;

/// <summary>A mask at its own size, as its file has it. Reused from row to row, so a large mask costs its buffer once.</summary>
internal sealed class IndexMask
{
    private byte[] _values = [];

    /// <summary>Columns in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Rows in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>(H, W), uint8: palette indices or grey values; by <see cref="MaskLookup"/> they become classes.</summary>
    public Span<byte> Values => _values.AsSpan(0, Width * Height);

    /// <summary>Room for a mask of this size, to be written by the caller.</summary>
    /// <exception cref="InvalidDataException">It is above the limit on pixels.</exception>
    public Span<byte> Resize(int width, int height)
    {
        if ((long)width * height > Native.ImageRequest.DefaultMaxPixels)
            throw new InvalidDataException($"it has {width} x {height} pixels, above the limit of {Native.ImageRequest.DefaultMaxPixels}");
        if (_values.Length < width * height)
        {
            Release();
            _values = ArrayPool<byte>.Shared.Rent(width * height);
        }
        (Width, Height) = (width, height);
        return Values;
    }

    /// <summary>Leaves the buffer to the next mask of the process; this one is empty then.</summary>
    public void Release()
    {
        if (_values.Length > 0)
            ArrayPool<byte>.Shared.Return(_values);
        (_values, Width, Height) = ([], 0, 0);
    }

    /// <summary>The mask at another size: of each pixel the value that lies nearest to its middle.</summary>
    /// <returns>(height, width).</returns>
    public byte[] Nearest(int width, int height)
    {
        var values = Values;
        var scaled = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = values.Slice((int)((y + 0.5) * Height / height) * Width, Width);
            for (var x = 0; x < width; x++)
                scaled[y * width + x] = row[(int)((x + 0.5) * Width / width)];
        }
        return scaled;
    }

    /// <summary>Checks that the mask is as large as its image.</summary>
    /// <param name="name">What the mask is called.</param>
    /// <param name="width">Columns of the upright image.</param>
    /// <param name="height">Rows of the upright image.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public void RequireSize(string name, int width, int height)
    {
        if (Width != width || Height != height)
            throw new InvalidDataException($"{name} is a mask of {Width} x {Height} pixels, but its image has {width} x {height}. Each pixel of the image needs its class: make a mask of the image's size.");
    }
}
