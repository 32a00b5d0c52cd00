using System.Runtime.InteropServices;

namespace Fovea.Data;

/// <summary>A decoded sample as the caches keep it: the original's size, (H, W, C) pixels, and the (H, W) mask where there is one.</summary>
/// <param name="PixelBytes">H * W * C.</param>
/// <param name="MaskBytes">H * W; 0 without masks.</param>
internal readonly record struct SampleLayout(int PixelBytes, int MaskBytes)
{
    /// <summary>Columns and rows of the upright original, int32: where boxes lie in the sample follows from them.</summary>
    public const int HeadBytes = 8;

    public static SampleLayout Of(ImageInput input, bool hasMask) => new(input.SampleBytes, hasMask ? checked(input.Height * input.Width) : 0);

    public int RecordBytes => checked(HeadBytes + PixelBytes + MaskBytes);

    public void Write(ImagePlacement placement, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> mask, Span<byte> record)
    {
        MemoryMarshal.Write(record, placement.SourceWidth);
        MemoryMarshal.Write(record[4..], placement.SourceHeight);
        pixels.CopyTo(record[HeadBytes..]);
        mask.CopyTo(record[(HeadBytes + PixelBytes)..]);
    }

    /// <returns>How the image was laid.</returns>
    public ImagePlacement Read(ReadOnlySpan<byte> record, ImageInput input, Span<byte> pixels, Span<byte> mask)
    {
        record.Slice(HeadBytes, PixelBytes).CopyTo(pixels);
        record.Slice(HeadBytes + PixelBytes, MaskBytes).CopyTo(mask);
        return ImagePlacement.Of(MemoryMarshal.Read<int>(record), MemoryMarshal.Read<int>(record[4..]), input);
    }
}
