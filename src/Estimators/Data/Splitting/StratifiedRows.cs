namespace Fovea.Data;

/// <summary>Rows drawn class by class, so that each part has the classes in the proportions of the whole.</summary>
internal static class StratifiedRows
{
    /// <summary>Of each class a random share, to within one row; at least one row of each class stays in the first part.</summary>
    /// <param name="rows">The rows to divide.</param>
    /// <param name="classOf">The class of each row, from 0.</param>
    /// <param name="fraction">The second part's share, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>Both ascending; the second may be empty where there are few rows.</returns>
    public static (int[] First, int[] Second) Split(IEnumerable<int> rows, IReadOnlyList<int> classOf, double fraction, int seed)
    {
        var first = new List<int>();
        var second = new List<int>();
        // What rounding gives or takes is carried over to the next class, so that the whole comes out right too.
        var carried = 0.0;
        foreach (var drawn in Drawn(rows, classOf, seed))
        {
            var share = drawn.Length * fraction;
            var most = Math.Min((int)Math.Ceiling(share), drawn.Length - 1);
            var taken = Math.Clamp((int)Math.Round(share + carried), Math.Min((int)share, most), most);
            carried = share + carried - taken;
            second.AddRange(drawn.Take(taken));
            first.AddRange(drawn.Skip(taken));
        }
        first.Sort();
        second.Sort();
        return ([.. first], [.. second]);
    }

    /// <summary>For each row its part: the rows of each class, in random order, are dealt out in turn.</summary>
    /// <param name="classOf">The class of each row, from 0.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    public static int[] Deal(IReadOnlyList<int> classOf, int parts, int seed)
    {
        var partOf = new int[classOf.Count];
        // A class begins where the last one ended, so that the parts are of one size too.
        var next = 0;
        foreach (var drawn in Drawn(Enumerable.Range(0, classOf.Count), classOf, seed))
            foreach (var row in drawn)
                partOf[row] = next++ % parts;
        return partOf;
    }

    /// <summary>The rows of each class in random order; a class's order depends on the seed and its own rows only.</summary>
    private static IEnumerable<int[]> Drawn(IEnumerable<int> rows, IReadOnlyList<int> classOf, int seed)
    {
        var random = new RowRandom();
        foreach (var group in rows.GroupBy(row => classOf[row]).OrderBy(g => g.Key))
        {
            var drawn = group.ToArray();
            random.Seed(seed, 0, group.Key);
            random.Order(drawn);
            yield return drawn;
        }
    }
}
