using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fovea;

/// <summary>Eight pixels, each the weighted mean of four neighbors. Whole numbers: every processor computes the same.</summary>
internal static class WarpPixels
{
    /// <summary>Bits of a weight behind the point: it fits the 16-bit multiplier with its sign, and is finer than a level by 64.</summary>
    public const int Bits = 14;

    /// <summary>The sum of a pixel's four weights.</summary>
    public const int One = 1 << Bits;

    /// <param name="pixels">The source; 16 bytes are readable behind its last pixel.</param>
    /// <param name="at">Of each pixel's upper left neighbor, in bytes.</param>
    /// <param name="below">From a neighbor to the one below it, in bytes.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="upper">Weights of the upper neighbors: the left one's in the lower 16 bits, the right one's in the upper.</param>
    /// <param name="under">Weights of the lower neighbors.</param>
    /// <returns>Four bytes a pixel: grey, or red, green, blue; zeros behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Eight(ref byte pixels, Vector256<int> at, int below, int channels, Vector256<int> upper, Vector256<int> under) =>
        !Avx2.IsSupported ? EightOneByOne(ref pixels, at, below, channels, upper, under)
        : channels == 1 ? EightGrey(ref pixels, at, below, upper, under)
        : EightColored(ref pixels, at, below, upper, under);

    /// <summary>The bytes of eight pixels, in their places.</summary>
    /// <param name="drawn">What <see cref="Eight"/> gave.</param>
    /// <param name="to">16 bytes of grey, 32 of color are written.</param>
    /// <param name="channels">1 or 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<byte> drawn, ref byte to, int channels)
    {
        const byte o = 255;
        if (channels == 1)
        {
            var words = Vector256.Narrow(drawn.AsUInt32(), drawn.AsUInt32());
            Vector256.Narrow(words, words).GetLower().StoreUnsafe(ref to);
        }
        else
        {
            var joined = Vector128.Create(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, o, o, o, o);
            Vector128.Shuffle(drawn.GetLower(), joined).StoreUnsafe(ref to);
            Vector128.Shuffle(drawn.GetUpper(), joined).StoreUnsafe(ref to, 12);
        }
    }

    /// <summary>
    /// One instruction multiplies a left and a right neighbor, side by side in 16-bit lanes, by their weights and adds. Two
    /// pixels a vector, the first with the fifth, so that narrowing, which stays within halves, leaves them in order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> EightColored(ref byte pixels, Vector256<int> at, int below, Vector256<int> upper, Vector256<int> under)
    {
        var first = Avx2.PackUnsignedSaturate(TwoColored(ref pixels, at, below, upper, under, 0), TwoColored(ref pixels, at, below, upper, under, 1));
        var second = Avx2.PackUnsignedSaturate(TwoColored(ref pixels, at, below, upper, under, 2), TwoColored(ref pixels, at, below, upper, under, 3));
        return Avx2.PackUnsignedSaturate(first.AsInt16(), second.AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> TwoColored(ref byte pixels, Vector256<int> at, int below, Vector256<int> upper, Vector256<int> under, int i)
    {
        const sbyte o = -1; // a lane of zero
        var spread = Vector256.Create(0, o, 3, o, 1, o, 4, o, 2, o, 5, o, o, o, o, o, 0, o, 3, o, 1, o, 4, o, 2, o, 5, o, o, o, o, o).AsByte();
        var both = Vector256.Create(i, i, i, i, i + 4, i + 4, i + 4, i + 4);
        ref var one = ref Unsafe.Add(ref pixels, at.GetElement(i));
        ref var four = ref Unsafe.Add(ref pixels, at.GetElement(i + 4));
        var above = Avx2.Shuffle(Vector256.Create(Vector128.LoadUnsafe(ref one), Vector128.LoadUnsafe(ref four)), spread);
        var beneath = Avx2.Shuffle(Vector256.Create(Vector128.LoadUnsafe(ref one, (nuint)below), Vector128.LoadUnsafe(ref four, (nuint)below)), spread);
        return (Avx2.MultiplyAddAdjacent(above.AsInt16(), Avx2.PermuteVar8x32(upper, both).AsInt16())
            + Avx2.MultiplyAddAdjacent(beneath.AsInt16(), Avx2.PermuteVar8x32(under, both).AsInt16())
            + Vector256.Create(One / 2)) >> Bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<byte> EightGrey(ref byte pixels, Vector256<int> at, int below, Vector256<int> upper, Vector256<int> under)
    {
        fixed (byte* from = &pixels)
        {
            var above = Pairs(Avx2.GatherVector256((int*)from, at, 1));
            var beneath = Pairs(Avx2.GatherVector256((int*)(from + below), at, 1));
            return ((Avx2.MultiplyAddAdjacent(above, upper.AsInt16()) + Avx2.MultiplyAddAdjacent(beneath, under.AsInt16()) + Vector256.Create(One / 2)) >> Bits).AsByte();
        }
    }

    /// <summary>The first two bytes of each four, as 16-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pairs(Vector256<int> bytes) => ((bytes & Vector256.Create(0xFF)) | ((bytes & Vector256.Create(0xFF00)) << 8)).AsInt16();

    /// <summary>The same on processors without AVX2.</summary>
    internal static Vector256<byte> EightOneByOne(ref byte pixels, Vector256<int> at, int below, int channels, Vector256<int> upper, Vector256<int> under)
    {
        Span<byte> drawn = stackalloc byte[32];
        drawn.Clear();
        for (var i = 0; i < 8; i++)
            for (var c = 0; c < channels; c++)
            {
                ref var pixel = ref Unsafe.Add(ref pixels, at[i] + c);
                var sum = pixel * (upper[i] & 0xFFFF) + Unsafe.Add(ref pixel, channels) * (upper[i] >> 16)
                    + Unsafe.Add(ref pixel, below) * (under[i] & 0xFFFF) + Unsafe.Add(ref pixel, below + channels) * (under[i] >> 16);
                drawn[i * 4 + c] = (byte)((sum + One / 2) >> Bits);
            }
        return Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(drawn));
    }
}
