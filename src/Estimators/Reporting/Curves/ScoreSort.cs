using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fovea.Reporting;

/// <summary>Sorts many scores by their bits, eleven at a time: three passes, where comparing takes as many as the count has digits.</summary>
internal static class ScoreSort
{
    private const int Bits = 11, Buckets = 1 << Bits, Passes = 3, Few = 4096;

    /// <summary>Ascending.</summary>
    /// <param name="scores">Numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(Span<float> scores)
    {
        if (scores.Length < Few)
        {
            scores.Sort();
            return;
        }
        var room = ArrayPool<uint>.Shared.Rent(scores.Length);
        var here = MemoryMarshal.Cast<float, uint>(scores);
        var there = room.AsSpan(0, scores.Length);
        Span<int> places = stackalloc int[Passes * Buckets];
        Prepare(here, there, places);
        Pass(there, here, places[..Buckets], 0);
        Pass(here, there, places.Slice(Buckets, Buckets), Bits);
        Pass(there, here, places[(2 * Buckets)..], 2 * Bits);
        foreach (ref var key in here)
            key ^= ~(uint)((int)key >> 31) | 0x8000_0000;
        ArrayPool<uint>.Shared.Return(room);
    }

    /// <summary>Makes keys of floats, and counts where those of each digit begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Prepare(ReadOnlySpan<uint> floats, Span<uint> keys, Span<int> places)
    {
        var low = places[..Buckets];
        var middle = places.Slice(Buckets, Buckets);
        var high = places[(2 * Buckets)..];
        for (var i = 0; i < floats.Length; i++)
        {
            // As unsigned numbers, negative floats are above positive ones and in reverse order.
            var key = floats[i] ^ ((uint)((int)floats[i] >> 31) | 0x8000_0000);
            keys[i] = key;
            low[(int)key & (Buckets - 1)]++;
            middle[(int)(key >> Bits) & (Buckets - 1)]++;
            high[(int)(key >> (2 * Bits))]++;
        }
        for (var pass = 0; pass < Passes; pass++)
        {
            var sum = 0;
            foreach (ref var place in places.Slice(pass * Buckets, Buckets))
                (place, sum) = (sum, sum + place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ReadOnlySpan<uint> from, Span<uint> to, Span<int> places, int shift)
    {
        foreach (var key in from)
            to[places[(int)(key >> shift) & (Buckets - 1)]++] = key;
    }
}
