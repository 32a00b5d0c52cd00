using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Segmentation;

/// <summary>How often each pair of two bytes occurs. Holds a table: one for each thread.</summary>
internal sealed class PairCounter : IDisposable
{
    /// <summary>Values of a byte.</summary>
    public const int Values = 256;

    // Memory that an earlier evaluation touched: the first touch costs more than the counting of a mask.
    private int[] _counts = ArrayPool<int>.Shared.Rent(Values * Values);

    public PairCounter() => Array.Clear(_counts);

    /// <summary>Adds the pairs at equal places.</summary>
    /// <param name="first">Any number of bytes.</param>
    /// <param name="second">As many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length == 0)
            return;
        second = second[..first.Length];
        // Neighbors are mostly equal, so a run of them is counted at once: 64 pairs are compared with those before them.
        var (start, i) = (0, 1);
        for (; i + Vector512<byte>.Count <= first.Length; i += Vector512<byte>.Count)
        {
            var others = Vector512.Create(first[i..]) ^ Vector512.Create(first[(i - 1)..]) | Vector512.Create(second[i..]) ^ Vector512.Create(second[(i - 1)..]);
            for (var ends = ~Vector512.Equals(others, Vector512<byte>.Zero).ExtractMostSignificantBits(); ends != 0; ends &= ends - 1)
            {
                var end = i + BitOperations.TrailingZeroCount(ends);
                _counts[first[start] << 8 | second[start]] += end - start;
                start = end;
            }
        }
        for (; i < first.Length; i++)
            if (first[i] != first[start] || second[i] != second[start])
            {
                _counts[first[start] << 8 | second[start]] += i - start;
                start = i;
            }
        _counts[first[start] << 8 | second[start]] += i - start;
    }

    /// <param name="first">A byte.</param>
    /// <param name="counts">Gets how often it was found beside each of the 256 bytes; they begin anew from 0.</param>
    public void Take(byte first, Span<int> counts)
    {
        var row = _counts.AsSpan(first * Values, Values);
        row.CopyTo(counts);
        row.Clear();
    }

    public void Dispose()
    {
        if (_counts.Length > 0)
            ArrayPool<int>.Shared.Return(_counts);
        _counts = [];
    }
}
