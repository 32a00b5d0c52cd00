using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fovea.Data;

namespace Fovea;

/// <summary>
/// Brightness, contrast and saturation by a factor: a blend of the image with black, with its mean grey, with its own grey. The
/// numbers are those of Pillow's ImageEnhance: g + factor * (v - g) in float32, cut to [0, 255] and then downwards. Its loops
/// are optimized at once: a small set would be through before the runtime found them hot.
/// </summary>
internal static class ColorFactors
{
    /// <summary>A factor of 0 is black, 1 the image.</summary>
    public static void Brightness(Span<byte> pixels, float factor) => BlendWith(pixels, 0, factor);

    /// <summary>A factor of 0 is the mean grey everywhere, 1 the image.</summary>
    /// <param name="pixels">(H, W, C).</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="factor">0 or more.</param>
    public static void Contrast(Span<byte> pixels, int channels, float factor)
    {
        if (factor != 1)
            BlendWith(pixels, MeanGrey(pixels, channels), factor);
    }

    /// <summary>A factor of 0 is grey, 1 the image.</summary>
    /// <param name="pixels">(H, W, 3).</param>
    /// <param name="factor">0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Saturation(Span<byte> pixels, float factor)
    {
        if (factor == 1)
            return;
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var factors = Vector256.Create(factor);
            ref var place = ref MemoryMarshal.GetReference(pixels);
            for (; i + EightPixels.BytesRead <= pixels.Length; i += EightPixels.Bytes)
            {
                var eight = EightPixels.Read(ref Unsafe.Add(ref place, i));
                var grey = Vector256.ConvertToSingle(eight.Luminance);
                new EightPixels(Blend(grey, eight.Red, factors), Blend(grey, eight.Green, factors), Blend(grey, eight.Blue, factors)).Write(ref Unsafe.Add(ref place, i));
            }
        }
        for (; i < pixels.Length; i += 3)
        {
            var grey = PixelLayout.Luminance(pixels[i], pixels[i + 1], pixels[i + 2]);
            for (var c = i; c < i + 3; c++)
                pixels[c] = Blend(grey, pixels[c], factor);
        }
    }

    /// <summary>Grey in all three channels.</summary>
    /// <param name="pixels">(H, W, 3).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Grey(Span<byte> pixels)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var place = ref MemoryMarshal.GetReference(pixels);
            for (; i + EightPixels.BytesRead <= pixels.Length; i += EightPixels.Bytes)
            {
                var grey = EightPixels.Read(ref Unsafe.Add(ref place, i)).Luminance;
                new EightPixels(grey, grey, grey).Write(ref Unsafe.Add(ref place, i));
            }
        }
        for (; i < pixels.Length; i += 3)
            pixels.Slice(i, 3).Fill(PixelLayout.Luminance(pixels[i], pixels[i + 1], pixels[i + 2]));
    }

    /// <summary>The mean luminance, rounded to a level.</summary>
    /// <param name="pixels">(H, W, C).</param>
    /// <param name="channels">1 or 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static byte MeanGrey(ReadOnlySpan<byte> pixels, int channels)
    {
        long sum = 0;
        var i = 0;
        if (channels == 1)
            foreach (var grey in pixels)
                sum += grey;
        else
        {
            if (Vector256.IsHardwareAccelerated)
            {
                ref var place = ref MemoryMarshal.GetReference(pixels);
                while (i + EightPixels.BytesRead <= pixels.Length)
                {
                    // A lane of 32 bits holds eight million greys; a block has fewer.
                    var end = Math.Min(pixels.Length, i + (1 << 24));
                    var sums = Vector256<int>.Zero;
                    for (; i + EightPixels.BytesRead <= end; i += EightPixels.Bytes)
                        sums += EightPixels.Read(ref Unsafe.Add(ref place, i)).Luminance;
                    sum += Vector256.Sum(sums);
                }
            }
            for (; i < pixels.Length; i += 3)
                sum += PixelLayout.Luminance(pixels[i], pixels[i + 1], pixels[i + 2]);
        }
        return (byte)(sum / (double)(pixels.Length / channels) + 0.5);
    }

    /// <summary>Blends every value with one and the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlendWith(Span<byte> values, byte other, float factor)
    {
        if (factor == 1)
            return;
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var factors = Vector256.Create(factor);
            var others = Vector256.Create((float)other);
            ref var place = ref MemoryMarshal.GetReference(values);
            for (; i + 32 <= values.Length; i += 32)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref place, (nuint)i));
                var (a, b) = Vector256.Widen(low);
                var (c, d) = Vector256.Widen(high);
                low = Vector256.Narrow(Blend(others, a.AsInt32(), factors).AsUInt32(), Blend(others, b.AsInt32(), factors).AsUInt32());
                high = Vector256.Narrow(Blend(others, c.AsInt32(), factors).AsUInt32(), Blend(others, d.AsInt32(), factors).AsUInt32());
                Vector256.Narrow(low, high).StoreUnsafe(ref place, (nuint)i);
            }
        }
        for (; i < values.Length; i++)
            values[i] = Blend(other, values[i], factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Blend(Vector256<float> other, Vector256<int> value, Vector256<float> factor)
    {
        var blended = other + factor * (Vector256.ConvertToSingle(value) - other);
        return Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(blended, Vector256<float>.Zero), Vector256.Create(255f)));
    }

    private static byte Blend(byte other, byte value, float factor) => (byte)Math.Clamp(other + factor * (value - other), 0, 255);
}
