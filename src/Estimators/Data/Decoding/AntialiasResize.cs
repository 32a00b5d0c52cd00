using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Data;

/// <summary>
/// Resizing with a triangle filter as wide as the scale, in two passes of 22-bit fixed point: the arithmetic of Pillow's
/// <c>Image.resize(..., BILINEAR)</c>, so the results are equal, byte for byte. Holds buffers: one for each thread.
/// </summary>
internal sealed class AntialiasResize
{
    /// <summary>Bytes readable behind the source's last pixel.</summary>
    public const int Padding = 16;

    /// <summary>What lies beside a letterboxed image.</summary>
    public const byte LetterboxGrey = 114;

    private const int Precision = ResampleWeights.Precision;

    private ResampleWeights? _horizontal;
    private ResampleWeights? _vertical;
    private byte[] _rows = [];

    /// <param name="source">(h, w, C), with <see cref="Padding"/> bytes behind it.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="destination">(H, W, C).</param>
    /// <param name="placement">Which part of the source goes where; its source size is that of <paramref name="source"/>.</param>
    public void Run(byte[] source, int channels, Span<byte> destination, ImagePlacement placement)
    {
        var (width, height, wantedWidth) = (placement.SourceWidth, placement.SourceHeight, placement.Width);
        var (outX, outY, outWidth, outHeight) = (placement.X, placement.Y, placement.PartWidth, placement.PartHeight);
        if (placement.HasMargin)
            destination.Fill(LetterboxGrey);
        var stride = outWidth * channels;
        if (placement.IsUnscaled)
        {
            for (var row = 0; row < outHeight; row++)
                source.AsSpan((((int)placement.Top + row) * width + (int)placement.Left) * channels, stride).CopyTo(destination[(((outY + row) * wantedWidth + outX) * channels)..]);
            return;
        }
        var x = Weights(ref _horizontal, width, placement.Left, placement.Right, outWidth);
        var y = Weights(ref _vertical, height, placement.Top, placement.Bottom, outHeight);

        // Rows that the second pass will look at.
        var first = y.First(0);
        var count = y.First(outHeight - 1) + y.Count(outHeight - 1) - first;
        ReadOnlySpan<byte> rows;
        if (x.IsIdentity)
            rows = source.AsSpan(first * width * channels, count * stride);
        else
        {
            if (_rows.Length < count * stride)
                _rows = GC.AllocateUninitializedArray<byte>(count * stride);
            for (var row = 0; row < count; row++)
                Horizontal(source.AsSpan((first + row) * width * channels, width * channels + Padding), _rows.AsSpan(row * stride, stride), channels, x);
            rows = _rows.AsSpan(0, count * stride);
        }
        for (var row = 0; row < outHeight; row++)
        {
            var to = destination.Slice(((outY + row) * wantedWidth + outX) * channels, stride);
            if (y.IsIdentity)
                rows.Slice(row * stride, stride).CopyTo(to);
            else
                Vertical(rows[((y.First(row) - first) * stride)..], to, y.Of(row));
        }
    }

    /// <summary>Most sets have images of one size, so the last weights fit again.</summary>
    private static ResampleWeights Weights(ref ResampleWeights? kept, int size, float from, float to, int wanted) =>
        kept is not null && kept.Fits(size, from, to, wanted) ? kept : kept = new ResampleWeights(size, from, to, wanted);

    // Optimized at once: a small set would be through before the runtime found the loops hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Horizontal(ReadOnlySpan<byte> source, Span<byte> destination, int channels, ResampleWeights weights)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        if (channels == 1)
        {
            for (var x = 0; x < destination.Length; x++)
            {
                var sum = 1 << (Precision - 1);
                ref var pixel = ref Unsafe.Add(ref from, weights.First(x));
                foreach (var weight in weights.Of(x))
                {
                    sum += pixel * weight;
                    pixel = ref Unsafe.Add(ref pixel, 1);
                }
                destination[x] = (byte)(sum >> Precision);
            }
            return;
        }
        if (Avx2.IsSupported)
        {
            HorizontalFour(source, destination, weights);
            return;
        }
        // One pixel a vector: its three bytes and the next pixel's first, which is not stored.
        var half = Vector128.Create(1 << (Precision - 1));
        for (int x = 0, to = 0; to < destination.Length; x++, to += 3)
        {
            var sum = half;
            ref var pixel = ref Unsafe.Add(ref from, weights.First(x) * 3);
            foreach (var weight in weights.Of(x))
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * weight;
                pixel = ref Unsafe.Add(ref pixel, 3);
            }
            sum >>= Precision;
            destination[to + 2] = (byte)sum[2];
            destination[to + 1] = (byte)sum[1];
            destination[to] = (byte)sum[0];
        }
    }

    /// <summary>
    /// Four pixels a step. They lie in 16-bit lanes as rr gg bb -- (of the first two) and (of the next two), so that one
    /// instruction multiplies by a pair of weights and adds; weights of 22 bits go in two halves, which keeps the sum exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HorizontalFour(ReadOnlySpan<byte> source, Span<byte> destination, ResampleWeights weights)
    {
        const sbyte o = -1; // a lane of zero
        var spread = Vector256.Create(0, o, 3, o, 1, o, 4, o, 2, o, 5, o, o, o, o, o, 6, o, 9, o, 7, o, 10, o, 8, o, 11, o, o, o, o, o).AsByte();
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var firstHalf = ref MemoryMarshal.GetReference(weights.Halves());
        var quads = weights.Quads;
        for (int x = 0, to = 0; to < destination.Length; x++, to += 3)
        {
            Vector256<int> high = default, low = default;
            var at = weights.First(x) * 3;
            ref var halves = ref Unsafe.Add(ref firstHalf, x * quads * 32);
            // Behind a place's last weight come zeros, and behind the source's last byte nothing is loaded.
            for (var i = 0; i < quads && at <= source.Length - 16; i++, at += 12)
            {
                var pixels = Avx2.Shuffle(Vector256.Create(Vector128.LoadUnsafe(ref from, (nuint)at), Vector128.LoadUnsafe(ref from, (nuint)at)), spread).AsInt16();
                high += Avx2.MultiplyAddAdjacent(pixels, Vector256.LoadUnsafe(ref halves));
                low += Avx2.MultiplyAddAdjacent(pixels, Vector256.LoadUnsafe(ref halves, 16));
                halves = ref Unsafe.Add(ref halves, 32);
            }
            var both = (high << ResampleWeights.LowBits) + low;
            var sum = (both.GetLower() + both.GetUpper() + Vector128.Create(1 << (Precision - 1))) >> Precision;
            destination[to + 2] = (byte)sum[2];
            destination[to + 1] = (byte)sum[1];
            destination[to] = (byte)sum[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vertical(ReadOnlySpan<byte> rows, Span<byte> destination, ReadOnlySpan<int> weights)
    {
        var stride = destination.Length;
        _ = rows[..(stride * weights.Length)]; // bounds for what follows
        ref var from = ref MemoryMarshal.GetReference(rows);
        var x = 0;
        for (; x + 16 <= stride; x += 16)
        {
            Vector256<int> low = Vector256.Create(1 << (Precision - 1)), high = low;
            ref var pixels = ref Unsafe.Add(ref from, x);
            foreach (var weight in weights)
            {
                var wide = Vector256.WidenLower(Vector128.LoadUnsafe(ref pixels).ToVector256Unsafe());
                low += Vector256.WidenLower(wide).AsInt32() * weight;
                high += Vector256.WidenUpper(wide).AsInt32() * weight;
                pixels = ref Unsafe.Add(ref pixels, stride);
            }
            var words = Vector256.Narrow(low >> Precision, high >> Precision).AsUInt16();
            Vector256.Narrow(words, words).GetLower().CopyTo(destination[x..]);
        }
        for (; x < stride; x++)
        {
            var sum = 1 << (Precision - 1);
            for (var i = 0; i < weights.Length; i++)
                sum += rows[i * stride + x] * weights[i];
            destination[x] = (byte)(sum >> Precision);
        }
    }
}
