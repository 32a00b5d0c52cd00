namespace Fovea.Data;

/// <summary>What images are called in a set that is written.</summary>
internal static class ImageNames
{
    /// <summary>The deepest folder that holds all of them.</summary>
    public static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (var path in paths)
        {
            var folder = Path.GetDirectoryName(path)!;
            common ??= folder;
            while (!IsBelow(folder, common))
                common = Path.GetDirectoryName(common)!;
        }
        return common!;
    }

    /// <summary>From a folder to a file, with slashes; climbs by ".." where it must.</summary>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static bool IsBelow(string folder, string root) =>
        folder == root || folder.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
