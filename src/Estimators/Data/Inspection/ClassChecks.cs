namespace Fovea.Data;

/// <summary>Compares the classes of a view with those there should be.</summary>
internal static class ClassChecks
{
    /// <param name="balance">The view's classes; null where it has none of this kind.</param>
    /// <param name="expected">The classes there should be.</param>
    /// <param name="split">The view's name.</param>
    public static IEnumerable<DatasetFinding> Run(ClassDistribution? balance, IReadOnlyList<string> expected, string split)
    {
        if (balance is null)
            yield break;
        var unit = balance.Unit;
        foreach (var one in balance.Classes.Where(c => c.Count > 0 && !expected.Contains(c.Name)))
            yield return new(FindingKind.UnknownClass, FindingSeverity.Error,
                $"The class '{one.Name}' of column '{balance.Column}' ({one.Count} {unit} in {one.Images} rows) is none of the {expected.Count} classes: {Shorten(expected)}. Rename it, leave it out, or add it to the classes.") { Split = split, ClassName = one.Name };
        var counts = balance.Classes.ToDictionary(c => c.Name, c => c.Count);
        foreach (var name in expected.Where(name => counts.GetValueOrDefault(name) == 0))
            yield return new(FindingKind.UnusedClass, FindingSeverity.Warning,
                $"The class '{name}' of column '{balance.Column}' has no {unit}. Add some, or leave the class out.") { Split = split, ClassName = name };
    }

    private static string Shorten(IReadOnlyList<string> names) => string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", ..." : "");
}
