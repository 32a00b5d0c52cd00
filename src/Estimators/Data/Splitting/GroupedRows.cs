using System.Numerics;

namespace Fovea.Data;

/// <summary>
/// Whole groups of rows dealt out to parts of given shares. That is a bin packing problem; groups come in random order, large
/// ones first, and each goes where the classes then are nearest to their shares.
/// </summary>
internal static class GroupedRows
{
    /// <param name="groupOf">The group of each row: 0 .. G-1, all of which occur.</param>
    /// <param name="classOf">The class of each row; all 0 where only the number of rows counts.</param>
    /// <param name="shares">Of each part, above 0; at most G of them.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>For each group its part; no part is empty.</returns>
    public static int[] Deal(IReadOnlyList<int> groupOf, IReadOnlyList<int> classOf, IReadOnlyList<double> shares, int seed)
    {
        var groups = Count(groupOf, classOf);
        var totals = new double[classOf.Max() + 1];
        foreach (var row in classOf)
            totals[row]++;
        var order = Enumerable.Range(0, groups.Length).ToArray();
        var random = new RowRandom();
        random.Seed(seed, 0, -1);
        random.Order(order);

        var partOf = new int[groups.Length];
        var filled = shares.Select(_ => new double[totals.Length]).ToArray();
        var rows = new double[shares.Count];
        // By powers of two: a strict order by size would leave nothing to the seed.
        foreach (var group in order.OrderByDescending(g => BitOperations.Log2((uint)Rows(g))))
        {
            var best = Enumerable.Range(0, shares.Count).MinBy(part => (Cost(group, part), rows[part] / shares[part]));
            partOf[group] = best;
            rows[best] += Rows(group);
            foreach (var (k, count) in groups[group])
                filled[best][k] += count;
        }
        FillEmpty(partOf, shares.Count, Rows);
        return partOf;

        int Rows(int group) => groups[group].Sum(c => c.Count);

        // What the group adds to the sum over classes of (rows of the class in the part / rows of the class)^2 / share,
        // which is smallest where every part has its share of every class.
        double Cost(int group, int part)
        {
            var cost = 0.0;
            foreach (var (k, count) in groups[group])
                cost += (2 * filled[part][k] + count) * count / (totals[k] * totals[k] * shares[part]);
            return cost;
        }
    }

    /// <summary>A part that got none takes the smallest group of a part that can spare one.</summary>
    private static void FillEmpty(int[] partOf, int parts, Func<int, int> rows)
    {
        for (var part = 0; part < parts; part++)
        {
            if (partOf.Contains(part))
                continue;
            var spare = Enumerable.Range(0, partOf.Length).Where(g => partOf.Count(p => p == partOf[g]) > 1).MinBy(rows);
            partOf[spare] = part;
        }
    }

    /// <summary>For each group its classes and how many rows each has.</summary>
    private static (int Class, int Count)[][] Count(IReadOnlyList<int> groupOf, IReadOnlyList<int> classOf)
    {
        var counts = new Dictionary<int, int>[groupOf.Max() + 1];
        for (var row = 0; row < groupOf.Count; row++)
        {
            var group = counts[groupOf[row]] ??= [];
            group[classOf[row]] = group.GetValueOrDefault(classOf[row]) + 1;
        }
        // In the order of classes: a sum's last bit must not depend on how a dictionary is filled.
        return [.. counts.Select(c => c.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)).ToArray())];
    }
}
