using System.Collections.ObjectModel;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it: the file system, and a drive Env: that is none.</summary>
public sealed class PathIntrinsics
{
    private readonly string _location;
    private readonly Dictionary<string, PSDriveInfo> _drives = new(StringComparer.OrdinalIgnoreCase);

    internal PathIntrinsics(string location) => _location = location;

    internal void AddDrive(string name, string root) => _drives[name] = new(name, root);

    public string GetUnresolvedProviderPathFromPSPath(string path) => GetUnresolvedProviderPathFromPSPath(path, out _, out _);

    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive)
    {
        drive = null;
        provider = new(path.StartsWith("Env:", StringComparison.OrdinalIgnoreCase) ? "Environment" : "FileSystem");
        if (provider.Name != "FileSystem")
            return path;
        if (path.IndexOf(':') is > 1 and var colon)
        {
            if (!_drives.TryGetValue(path[..colon], out drive))
                throw new DriveNotFoundException($"Cannot find drive. A drive with the name '{path[..colon]}' does not exist.");
            return Path.GetFullPath(path[(colon + 1)..].TrimStart('/', '\\'), drive.Root);
        }
        return Path.GetFullPath(path.StartsWith('~') ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..] : path, _location);
    }

    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider)
    {
        var full = GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        if (provider.Name != "FileSystem")
            return [path];
        if (full.IndexOfAny(['*', '?', '[']) < 0)
            return Path.Exists(full) ? [full] : throw new ItemNotFoundException($"Cannot find path '{full}' because it does not exist.");
        IEnumerable<string> found = [Path.GetPathRoot(full)];
        foreach (var part in full[Path.GetPathRoot(full).Length..].Split(Path.DirectorySeparatorChar))
            found = [.. found.SelectMany(f => Expand(f, part))];
        return new Collection<string>([.. found.Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Expand(string folder, string part)
    {
        if (part.IndexOfAny(['*', '?', '[']) < 0)
            return Path.Exists(Path.Combine(folder, part)) ? [Path.Combine(folder, part)] : [];
        var pattern = new Regex("^" + Regex.Escape(part).Replace("\\*", ".*").Replace("\\?", ".").Replace("\\[", "[") + "$", RegexOptions.IgnoreCase);
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Where(e => pattern.IsMatch(Path.GetFileName(e))) : [];
    }
}
