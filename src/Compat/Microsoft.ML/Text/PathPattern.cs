namespace Microsoft.ML.Data;

/// <summary>Paths with wildcards: * and ? in the name of the file, "..." for all folders below, + between several.</summary>
internal static class PathPattern
{
    private const string AllBelow = "...";

    public static IEnumerable<string> Expand(string pattern)
    {
        // A file may have such a name itself.
        if (File.Exists(pattern) || !pattern.AsSpan().ContainsAny('*', '?', '+') && !pattern.Contains(AllBelow))
            return File.Exists(pattern) ? [pattern] : [];
        return pattern.Split('+', StringSplitOptions.RemoveEmptyEntries).SelectMany(ExpandOne);
    }

    private static IEnumerable<string> ExpandOne(string pattern)
    {
        int below = pattern.IndexOf(AllBelow, StringComparison.Ordinal);
        string folder = below < 0 ? Path.GetDirectoryName(pattern) : pattern[..below];
        string name = below < 0 ? Path.GetFileName(pattern) : pattern[(below + AllBelow.Length)..].TrimStart('/', '\\');
        if (folder is null or "")
            folder = ".";
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, name is "" ? "*" : name, below < 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);
    }
}
