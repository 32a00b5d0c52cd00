namespace Fovea.Segmentation;

/// <summary>How often each pair of two bytes occurs. Holds tables: one for each thread.</summary>
internal sealed class PairCounter
{
    private const int Values = 256;

    // Neighbors are mostly equal, and a counter waits for its own last change: so the pixels take turns with four.
    private readonly int[][] _turns = [.. Enumerable.Range(0, 4).Select(_ => new int[Values * Values])];

    /// <summary>Adds the pairs at equal places.</summary>
    /// <param name="first">Any number of bytes.</param>
    /// <param name="second">As many.</param>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        second = second[..first.Length];
        var (a, b, c, d) = (_turns[0], _turns[1], _turns[2], _turns[3]);
        var i = 0;
        for (; i + 4 <= first.Length; i += 4)
        {
            a[first[i] << 8 | second[i]]++;
            b[first[i + 1] << 8 | second[i + 1]]++;
            c[first[i + 2] << 8 | second[i + 2]]++;
            d[first[i + 3] << 8 | second[i + 3]]++;
        }
        for (; i < first.Length; i++)
            a[first[i] << 8 | second[i]]++;
    }

    /// <returns>How often <paramref name="first"/> was found beside each of the 256 bytes, which begin anew from 0.</returns>
    public int[] Take(byte first)
    {
        var counts = new int[Values];
        foreach (var turn in _turns)
        {
            var row = turn.AsSpan(first * Values, Values);
            for (var second = 0; second < Values; second++)
                counts[second] += row[second];
            row.Clear();
        }
        return counts;
    }
}
