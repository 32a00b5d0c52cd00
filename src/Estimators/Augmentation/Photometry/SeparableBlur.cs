using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>
/// A symmetric kernel over columns, then over rows. Beyond its edge the image is mirrored, the edge itself not repeated, as
/// torchvision does. No product is fused into its sum, so every machine gives the same bits. Its loops are optimized at once: a
/// small set would be through before the runtime found them hot.
/// </summary>
internal static class SeparableBlur
{
    /// <summary>The right half of a Gaussian's weights, the middle first: exp(-x^2 / 2 sigma^2) over whole x up to three sigma, the whole with sum 1.</summary>
    public static float[] Kernel(double sigma)
    {
        var radius = (int)Math.Ceiling(3 * sigma);
        var weights = new double[radius + 1];
        for (var x = 0; x <= radius; x++)
            weights[x] = Math.Exp(-0.5 * x * x / (sigma * sigma));
        var sum = 2 * weights.Sum() - weights[0];
        return Array.ConvertAll(weights, w => (float)(w / sum));
    }

    /// <param name="from">(H, W, C).</param>
    /// <param name="to">(H, W, C), other memory.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C.</param>
    /// <param name="kernel">As <see cref="Kernel"/>.</param>
    public static void Apply(ReadOnlySpan<byte> from, Span<byte> to, int height, int width, int channels, ReadOnlySpan<float> kernel)
    {
        var radius = kernel.Length - 1;
        var (stride, margin) = (width * channels, radius * channels);
        var line = ArrayPool<float>.Shared.Rent(stride + 2 * margin);
        for (var y = 0; y < height; y++)
        {
            Columns(from, height, stride, y, kernel, line.AsSpan(margin, stride));
            for (var x = 1; x <= radius; x++)
                for (var c = 0; c < channels; c++)
                {
                    line[margin - x * channels + c] = line[margin + Mirrored(-x, width) * channels + c];
                    line[margin + (width - 1 + x) * channels + c] = line[margin + Mirrored(width - 1 + x, width) * channels + c];
                }
            Rows(line.AsSpan(0, stride + 2 * margin), channels, kernel, to.Slice(y * stride, stride));
        }
        ArrayPool<float>.Shared.Return(line);
    }

    /// <summary>Where a place beyond the edge lies in the mirrored image; narrow images are mirrored again and again.</summary>
    private static int Mirrored(int place, int size)
    {
        if (size == 1)
            return 0;
        var period = 2 * (size - 1);
        place = ((place % period) + period) % period;
        return place < size ? place : period - place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(ReadOnlySpan<byte> from, int height, int stride, int y, ReadOnlySpan<float> kernel, Span<float> line)
    {
        // At most 75 rows either way.
        Span<int> above = stackalloc int[kernel.Length], below = stackalloc int[kernel.Length];
        for (var k = 0; k < kernel.Length; k++)
            (above[k], below[k]) = (Mirrored(y - k, height) * stride, Mirrored(y + k, height) * stride);
        var x = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var pixels = ref MemoryMarshal.GetReference(from);
            ref var sums = ref MemoryMarshal.GetReference(line);
            for (; x + 16 <= stride; x += 16)
            {
                var (low, high) = Wide(ref pixels, above[0] + x);
                var (first, second) = (Vector256.ConvertToSingle(low) * kernel[0], Vector256.ConvertToSingle(high) * kernel[0]);
                for (var k = 1; k < kernel.Length; k++)
                {
                    var (aboveLow, aboveHigh) = Wide(ref pixels, above[k] + x);
                    var (belowLow, belowHigh) = Wide(ref pixels, below[k] + x);
                    first += Vector256.ConvertToSingle(aboveLow + belowLow) * kernel[k];
                    second += Vector256.ConvertToSingle(aboveHigh + belowHigh) * kernel[k];
                }
                first.StoreUnsafe(ref sums, (nuint)x);
                second.StoreUnsafe(ref sums, (nuint)x + 8);
            }
        }
        for (; x < stride; x++)
        {
            var sum = from[above[0] + x] * kernel[0];
            for (var k = 1; k < kernel.Length; k++)
                sum += (from[above[k] + x] + from[below[k] + x]) * kernel[k];
            line[x] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> Low, Vector256<int> High) Wide(ref byte pixels, int place)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref pixels, (nuint)place));
        return (Vector256.WidenLower(low.ToVector256Unsafe()).AsInt32(), Vector256.WidenLower(high.ToVector256Unsafe()).AsInt32());
    }

    /// <param name="line">With a margin on both sides.</param>
    /// <param name="channels">C.</param>
    /// <param name="kernel">As <see cref="Kernel"/>.</param>
    /// <param name="to">(W, C).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(ReadOnlySpan<float> line, int channels, ReadOnlySpan<float> kernel, Span<byte> to)
    {
        var margin = (kernel.Length - 1) * channels;
        var x = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var values = ref Unsafe.Add(ref MemoryMarshal.GetReference(line), margin);
            ref var bytes = ref MemoryMarshal.GetReference(to);
            var half = Vector256.Create(0.5f);
            for (; x + 16 <= to.Length; x += 16)
            {
                ref var place = ref Unsafe.Add(ref values, x);
                var first = Vector256.LoadUnsafe(ref place) * kernel[0];
                var second = Vector256.LoadUnsafe(ref place, 8) * kernel[0];
                for (var k = 1; k < kernel.Length; k++)
                {
                    ref var left = ref Unsafe.Subtract(ref place, k * channels);
                    ref var right = ref Unsafe.Add(ref place, k * channels);
                    first += (Vector256.LoadUnsafe(ref left) + Vector256.LoadUnsafe(ref right)) * kernel[k];
                    second += (Vector256.LoadUnsafe(ref left, 8) + Vector256.LoadUnsafe(ref right, 8)) * kernel[k];
                }
                var words = Vector256.Narrow(Vector256.ConvertToInt32Native(first + half), Vector256.ConvertToInt32Native(second + half)).AsUInt16();
                Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref bytes, (nuint)x);
            }
        }
        for (; x < to.Length; x++)
        {
            var sum = line[margin + x] * kernel[0];
            for (var k = 1; k < kernel.Length; k++)
                sum += (line[margin + x - k * channels] + line[margin + x + k * channels]) * kernel[k];
            to[x] = (byte)(sum + 0.5f);
        }
    }
}
