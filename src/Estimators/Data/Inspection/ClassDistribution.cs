namespace Fovea;

/// <summary>The classes of a column and how much there is of each.</summary>
/// <param name="Column">The column that says the class.</param>
/// <param name="Unit">What is counted: <c>images</c>, <c>objects</c> or <c>pixels</c>.</param>
/// <param name="Classes">In the order of their indices.</param>
public sealed record ClassDistribution(string Column, string Unit, IReadOnlyList<ClassCount> Classes)
{
    /// <summary>The largest count over the smallest, at least 1; infinite where a class has none, and NaN where all have none.</summary>
    public double Imbalance => Classes.Count == 0 ? double.NaN : (double)Classes.Max(c => c.Count) / Classes.Min(c => c.Count);

    /// <summary>Rows, objects or pixels that have no class: no label, an ignored or unknown pixel.</summary>
    public long Unclassified { get; init; }

    internal static ClassDistribution Of(string column, string unit, IReadOnlyList<string> names, IReadOnlyList<long> counts, IReadOnlyList<long> images, long unclassified)
    {
        var total = counts.Sum();
        return new(column, unit, [.. names.Select((name, i) => new ClassCount(name, counts[i], images[i], total == 0 ? 0 : (double)counts[i] / total))]) { Unclassified = unclassified };
    }

    /// <summary>Several views together: classes by their names, in the order in which they first come.</summary>
    internal static ClassDistribution? Sum(IEnumerable<ClassDistribution?> parts)
    {
        var present = parts.OfType<ClassDistribution>().ToList();
        if (present.Count <= 1)
            return present.FirstOrDefault();
        var classes = present.SelectMany(p => p.Classes).GroupBy(c => c.Name).ToList();
        return Of(present[0].Column, present[0].Unit, [.. classes.Select(c => c.Key)], [.. classes.Select(c => c.Sum(x => x.Count))], [.. classes.Select(c => c.Sum(x => x.Images))], present.Sum(p => p.Unclassified));
    }
}
