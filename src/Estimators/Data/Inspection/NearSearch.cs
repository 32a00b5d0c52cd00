namespace Fovea.Data;

/// <summary>
/// Finds all pairs of hashes within a Hamming distance. By the pigeonhole principle two hashes that differ in at most d bits are
/// equal in at least one of d + 1 bands of bits, so only hashes with an equal band are compared: at the default distance
/// of 16 a band has 15 bits, and a hash meets some 1/2000 of the others.
/// </summary>
internal static class NearSearch
{
    /// <param name="hashes">What to compare.</param>
    /// <param name="distance">0 to <see cref="InspectionOptions.LargestNearDistance"/>.</param>
    /// <param name="found">Gets the places of two, the later one first, and their distance; a pair may come several times.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static void Run(IReadOnlyList<PerceptualHash> hashes, int distance, Action<int, int, int> found, CancellationToken cancellation)
    {
        var bands = distance + 1;
        var keys = new ulong[hashes.Count];
        var places = new int[hashes.Count];
        for (var band = 0; band < bands; band++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < keys.Length; i++)
                (keys[i], places[i]) = (Key(hashes[i], band, bands), i);
            Array.Sort(keys, places);
            for (int start = 0, end; start < keys.Length; start = end)
            {
                for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                    end++;
                Compare(hashes, places.AsSpan(start, end - start), distance, found, cancellation);
            }
        }
    }

    private static void Compare(IReadOnlyList<PerceptualHash> hashes, ReadOnlySpan<int> places, int distance, Action<int, int, int> found, CancellationToken cancellation)
    {
        for (var i = 1; i < places.Length; i++)
        {
            var hash = hashes[places[i]];
            for (var j = 0; j < i; j++)
                if (hash.Distance(hashes[places[j]]) is var d && d <= distance)
                    found(Math.Max(places[i], places[j]), Math.Min(places[i], places[j]), d);
            if (i % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Every <paramref name="bands"/>th bit, so that each band has of the low frequencies, which differ little within a set, and of the high ones.</summary>
    private static ulong Key(PerceptualHash hash, int band, int bands)
    {
        ulong key = 0;
        // Of more than 64 bits the first ones are mixed in; hashes that differ can then share a key, which costs a comparison.
        for (var bit = 1 + band; bit <= PerceptualHash.Bits; bit += bands)
            key = (key >> 63) * 0x9E3779B97F4A7C15 ^ (key << 1 | hash[bit]);
        return key;
    }
}
