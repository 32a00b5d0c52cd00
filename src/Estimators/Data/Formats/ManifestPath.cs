namespace Fovea.Data;

/// <summary>Paths that a file of others names. A list from elsewhere must not reach whatever this machine holds.</summary>
internal static class ManifestPath
{
    /// <summary>Why a path cannot be taken; null where it can.</summary>
    /// <param name="path">As it was written.</param>
    /// <param name="allowOutside">Whether it may leave its folder.</param>
    public static string? Problem(string path, bool allowOutside)
    {
        if (string.IsNullOrWhiteSpace(path))
            return "is empty";
        if (path.Contains('\0'))
            return "holds a zero character";
        if (path.Contains("://", StringComparison.Ordinal))
            return "is an address; only files can be read";
        if (allowOutside)
            return null;
        // By the rules of every system, whichever this is: lists travel.
        if (path[0] is '/' or '\\' || path is [_, ':', ..] && char.IsAsciiLetter(path[0]))
            return "is absolute";
        return path.Split('/', '\\').Contains("..") ? "leads upwards ('..')" : null;
    }

    /// <summary>The absolute path; a backslash separates folders on every system.</summary>
    /// <param name="root">Where a relative path begins.</param>
    /// <param name="path">One that has no <see cref="Problem"/>.</param>
    public static string Resolve(string root, string path) => Path.GetFullPath(Path.Combine(root, path.Replace('\\', '/')));
}
