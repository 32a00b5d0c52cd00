namespace Fovea.PowerShell;

/// <summary>A file that would be written is there already, and nobody said <c>-Force</c>.</summary>
public sealed class FileExistsException : IOException
{
    internal FileExistsException(string path) : base($"'{path}' is there already. Name another file, or overwrite it with -Force.") => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
