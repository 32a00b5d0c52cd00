using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Files by path; a path may be a pattern (see <see cref="PathPattern"/>).</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[] paths)
    {
        string[] given = [.. (paths ?? []).Where(path => path is not null)];
        string[] found = [.. given.SelectMany(PathPattern.Expand)];
        // Where nothing is found the paths stay, so that opening them says so.
        _paths = found.Length > 0 ? found : given;
    }

    public int Count => _paths.Length;

    public string GetPathOrNull(int index)
    {
        Check.Param(index >= 0 && index < Count, nameof(index));
        return _paths[index];
    }

    public Stream Open(int index)
    {
        string path = GetPathOrNull(index);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error)
        {
            throw new IOException($"Could not open file '{path}'. Error is: {error.Message}", error);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
