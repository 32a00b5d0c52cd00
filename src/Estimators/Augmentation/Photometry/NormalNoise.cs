using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>
/// Normally distributed noise for many pixels at once. A random 14-bit number picks one of as many equally likely sizes of the
/// normal distribution, a fifteenth bit its sign: four numbers from 64 random bits, a table that stays in the first cache, no
/// logarithm. The largest size is 4.2 deviations.
/// </summary>
internal static class NormalNoise
{
    private const int SizeBits = 14;

    /// <summary>What a deviation of 1 is in the table.</summary>
    private const int Unit = 4096;

    private static readonly short[] _sizes = Quantiles();

    /// <summary>Adds noise, rounded to levels and cut to [0, 255].</summary>
    /// <param name="values">Changed in place.</param>
    /// <param name="deviation">In levels.</param>
    /// <param name="seed">The same gives the same noise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<byte> values, float deviation, ulong seed)
    {
        const int Block = 1024;
        Span<short> noise = stackalloc short[Block];
        var scale = deviation / Unit;
        for (; values.Length > 0; values = values[Math.Min(Block, values.Length)..])
        {
            Fill(noise, ref seed);
            var block = values[..Math.Min(Block, values.Length)];
            var i = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                ref var place = ref MemoryMarshal.GetReference(block);
                ref var added = ref MemoryMarshal.GetReference(noise);
                for (; i + 16 <= block.Length; i += 16)
                {
                    var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref place, (nuint)i));
                    var (noiseLow, noiseHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref added, (nuint)i));
                    var words = Vector256.Narrow(
                        Sum(Vector256.WidenLower(low.ToVector256Unsafe()).AsInt32(), noiseLow, scale),
                        Sum(Vector256.WidenLower(high.ToVector256Unsafe()).AsInt32(), noiseHigh, scale)).AsUInt16();
                    Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref place, (nuint)i);
                }
            }
            for (; i < block.Length; i++)
                block[i] = (byte)Math.Clamp(block[i] + noise[i] * scale + 0.5f, 0, 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<int> value, Vector256<int> noise, float scale)
    {
        var sum = Vector256.ConvertToSingle(value) + Vector256.ConvertToSingle(noise) * scale + Vector256.Create(0.5f);
        return Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(sum, Vector256<float>.Zero), Vector256.Create(255f)));
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014), in place: a call through <see cref="Random"/> for each number would cost more than the noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Span<short> noise, ref ulong state)
    {
        ref var sizes = ref MemoryMarshal.GetArrayDataReference(_sizes);
        for (var i = 0; i + 4 <= noise.Length; i += 4)
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            noise[i] = One(ref sizes, (int)z);
            noise[i + 1] = One(ref sizes, (int)(z >> 16));
            noise[i + 2] = One(ref sizes, (int)(z >> 32));
            noise[i + 3] = One(ref sizes, (int)(z >> 48));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short One(ref short sizes, int bits)
    {
        int size = Unsafe.Add(ref sizes, bits & ((1 << SizeBits) - 1));
        var sign = -((bits >> SizeBits) & 1);
        return (short)((size ^ sign) - sign);
    }

    /// <summary>Of each of 2^14 equal shares of |z| its middle: where the integral of the density, by the trapezoidal rule, passes it.</summary>
    private static short[] Quantiles()
    {
        const double Step = 1.0 / 8192;
        var sizes = new short[1 << SizeBits];
        var (share, density) = (0.0, Math.Sqrt(2 / Math.PI));
        for (int i = 0, place = 1; i < sizes.Length; place++)
        {
            var next = Math.Sqrt(2 / Math.PI) * Math.Exp(-0.5 * place * Step * place * Step);
            var part = (density + next) / 2 * Step;
            for (; i < sizes.Length && (i + 0.5) / sizes.Length <= share + part; i++)
                sizes[i] = (short)Math.Round((place - 1 + ((i + 0.5) / sizes.Length - share) / part) * Step * Unit);
            (share, density) = (share + part, next);
        }
        return sizes;
    }
}
