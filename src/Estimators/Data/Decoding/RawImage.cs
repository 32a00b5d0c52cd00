using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>An image as its row holds it, before decoding. Reused from row to row, so a large file costs its buffer once.</summary>
internal sealed class RawImage
{
    private MLImage? _borrowed;

    public RawImageKind Kind { get; set; }

    /// <summary>Whether an MLImage's pixels are read where they lie, which is only for as long as the cursor stands still; else they are copied.</summary>
    public bool Borrows { get; init; }

    public bool IsBorrowed => _borrowed is not null;

    /// <summary>The file or the pixels; the first <see cref="Length"/> bytes count. Empty for <see cref="RawImageKind.File"/>, which is read when it is decoded.</summary>
    public byte[] Bytes { get; private set; } = [];

    public int Length { get; private set; }

    /// <summary>Columns in pixels, of <see cref="RawImageKind.Bgra"/> and <see cref="RawImageKind.Rgba"/>.</summary>
    public int Width { get; set; }

    /// <summary>Rows in pixels, of <see cref="RawImageKind.Bgra"/> and <see cref="RawImageKind.Rgba"/>.</summary>
    public int Height { get; set; }

    /// <summary>The file, of <see cref="RawImageKind.File"/>.</summary>
    public string? Path { get; set; }

    /// <summary>The row's position in its view, from 0.</summary>
    public long Row { get; set; }

    /// <summary>What it is to its row, for messages.</summary>
    public string Role { get; init; } = "image";

    /// <summary>What a caption calls it: the file's name without its folder, or the row.</summary>
    public string ShortName => Path is null ? $"row {Row}" : System.IO.Path.GetFileName(Path);

    public ReadOnlySpan<byte> Content => _borrowed is null ? Bytes.AsSpan(0, Length) : _borrowed.Pixels;

    /// <summary>What an error message calls this image.</summary>
    public string Name => Path is null ? $"The {Role} in row {Row}" : $"'{Path}'";

    /// <summary>Copies the pixels of an image, or borrows it.</summary>
    /// <returns>False where its pixel format is none that can be read.</returns>
    public bool TryTake(MLImage image)
    {
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            return false;
        (Kind, Width, Height) = (image.PixelFormat == MLPixelFormat.Bgra32 ? RawImageKind.Bgra : RawImageKind.Rgba, image.Width, image.Height);
        if (Borrows)
        {
            _borrowed = image;
            return true;
        }
        var pixels = image.Pixels;
        pixels.CopyTo(Resize(pixels.Length));
        return true;
    }

    /// <summary>Room for <paramref name="length"/> bytes, to be written by the caller.</summary>
    public Span<byte> Resize(int length)
    {
        if (Bytes.Length < length)
            Bytes = GC.AllocateUninitializedArray<byte>(Math.Max(length, (int)Math.Min(Bytes.Length * 2L, Array.MaxLength)));
        _borrowed = null;
        Length = length;
        return Bytes.AsSpan(0, length);
    }
}
