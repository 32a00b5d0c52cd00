namespace Fovea.Data;

/// <summary>
/// A path that stands in a data file. What came from elsewhere must not reach for files outside the data set, so an absolute
/// path, or one that climbs by "..", is refused unless the caller allows it.
/// </summary>
internal static class ListedPath
{
    /// <summary>The file or folder, absolute.</summary>
    /// <param name="folder">Where the path begins.</param>
    /// <param name="path">As listed; both kinds of slash separate, as such files come from every system.</param>
    /// <param name="allowPathsOutside">Take it even so.</param>
    /// <param name="place">Where it is listed, for the message.</param>
    /// <exception cref="InvalidDataException">It is empty, or leads outside and may not.</exception>
    public static string Resolve(string folder, string path, bool allowPathsOutside, Func<string> place)
    {
        if (ManifestPath.Problem(path, allowPathsOutside) is { } problem)
            throw new InvalidDataException($"{place()}: the path '{path}' {problem}. Paths begin at '{folder}'; pass allowPathsOutside: true to read files outside of it, if you trust this file.");
        return Path.GetFullPath(ManifestPath.Resolve(folder, path));
    }
}
