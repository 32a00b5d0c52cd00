namespace Fovea.Segmentation;

/// <summary>Numbers the connected regions of an image: pixels that touch along an edge (4 neighbors) and have the same value.</summary>
internal static class ConnectedRegions
{
    /// <param name="values">(H, W); 0 is background.</param>
    /// <param name="width">W.</param>
    /// <param name="regions">(H, W), written: 0 for background, else 1, 2, ... in the order of their first pixel.</param>
    /// <returns>How many regions there are.</returns>
    public static int Label(ReadOnlySpan<byte> values, int width, Span<int> regions)
    {
        // Union-find: parent[i] of a provisional number leads to the smallest number of its region.
        var parent = new List<int> { 0 };
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value == 0)
            {
                regions[i] = 0;
                continue;
            }
            var left = i % width > 0 && values[i - 1] == value ? regions[i - 1] : 0;
            var above = i >= width && values[i - width] == value ? regions[i - width] : 0;
            if (left == 0 && above == 0)
            {
                regions[i] = parent.Count;
                parent.Add(parent.Count);
                continue;
            }
            regions[i] = Math.Max(left, above);
            if (left == 0 || above == 0)
                continue;
            var (a, b) = (Root(parent, left), Root(parent, above));
            regions[i] = parent[Math.Max(a, b)] = Math.Min(a, b);
        }
        var number = new int[parent.Count];
        var count = 0;
        for (var i = 1; i < parent.Count; i++)
            number[i] = parent[i] == i ? ++count : number[Root(parent, i)];
        foreach (ref var region in regions[..values.Length])
            region = number[region];
        return count;
    }

    private static int Root(List<int> parent, int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }
}
