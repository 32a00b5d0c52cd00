using System.Runtime.InteropServices;

namespace Fovea.Reporting;

/// <summary>Sorts many scores by their bits, eleven at a time: three passes, where comparing takes as many as the count has digits.</summary>
internal static class ScoreSort
{
    private const int Bits = 11, Buckets = 1 << Bits, Few = 4096;

    /// <summary>Ascending.</summary>
    /// <param name="scores">Numbers.</param>
    public static void Sort(float[] scores)
    {
        if (scores.Length < Few)
        {
            Array.Sort(scores);
            return;
        }
        var keys = MemoryMarshal.Cast<float, uint>(scores.AsSpan());
        // As unsigned numbers, negative floats are above positive ones and in reverse order.
        foreach (ref var key in keys)
            key ^= (uint)((int)key >> 31) | 0x8000_0000;
        var other = new uint[keys.Length].AsSpan();
        for (var shift = 0; shift < 32; shift += Bits)
        {
            Pass(keys, other, shift);
            var swapped = keys;
            keys = other;
            other = swapped;
        }
        // After three passes they lie in the other buffer.
        for (var i = 0; i < keys.Length; i++)
            other[i] = keys[i] ^ (~(uint)((int)keys[i] >> 31) | 0x8000_0000);
    }

    private static void Pass(Span<uint> from, Span<uint> to, int shift)
    {
        Span<int> starts = stackalloc int[Buckets];
        foreach (var key in from)
            starts[(int)(key >> shift) & (Buckets - 1)]++;
        var sum = 0;
        foreach (ref var start in starts)
            (start, sum) = (sum, sum + start);
        foreach (var key in from)
            to[starts[(int)(key >> shift) & (Buckets - 1)]++] = key;
    }
}
