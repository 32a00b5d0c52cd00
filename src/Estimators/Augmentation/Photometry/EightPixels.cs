using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Eight RGB pixels at once: 24 bytes, taken apart into three vectors of 32-bit numbers, and put together again.</summary>
internal readonly struct EightPixels(Vector256<int> red, Vector256<int> green, Vector256<int> blue)
{
    /// <summary>Bytes that must lie behind a place to read from it; four of them belong to pixels that follow.</summary>
    public const int BytesRead = 28;

    /// <summary>Bytes of eight pixels.</summary>
    public const int Bytes = 24;

    public Vector256<int> Red => red;
    public Vector256<int> Green => green;
    public Vector256<int> Blue => blue;

    /// <summary>0.299 R + 0.587 G + 0.114 B, rounded as <see cref="Data.PixelLayout.Luminance"/>.</summary>
    public Vector256<int> Luminance
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (red * 19595 + green * 38470 + blue * 7471 + Vector256.Create(0x8000)) >>> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightPixels Read(ref byte place)
    {
        // Four pixels of three bytes become four numbers 0x00BBGGRR.
        var spread = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        var low = Vector128.Shuffle(Vector128.LoadUnsafe(ref place), spread);
        var high = Vector128.Shuffle(Vector128.LoadUnsafe(ref place, 12), spread);
        var pixels = Vector256.Create(low, high).AsInt32();
        var mask = Vector256.Create(255);
        return new EightPixels(pixels & mask, (pixels >>> 8) & mask, pixels >>> 16);
    }

    /// <summary>Writes exactly <see cref="Bytes"/> bytes. Every value must be 0 to 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref byte place)
    {
        var close = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        var pixels = (red | (green << 8) | (blue << 16)).AsByte();
        var low = Vector128.Shuffle(pixels.GetLower(), close);
        var high = Vector128.Shuffle(pixels.GetUpper(), close);
        // The four bytes too many of the first half are written over by the second.
        low.StoreUnsafe(ref place);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref place, 12), high.AsUInt64()[0]);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref place, 20), high.AsUInt32()[2]);
    }
}
