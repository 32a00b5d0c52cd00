using Fovea.Storage;

namespace Fovea.Data;

/// <summary>
/// The files of a data set that is being written: gathered first, so that nothing is written if one of them cannot be; then each
/// written atomically. Where one fails, those that are new are taken away again.
/// </summary>
internal sealed class FileBatch
{
    private readonly List<(string Path, Action<Stream> Write)> _files = [];
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">The file was added before (also in other case: sets travel between systems).</exception>
    public void Add(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        if (!_paths.Add(full))
            throw new InvalidDataException($"Two images of the view would both write '{full}'. Give their files different names.");
        _files.Add((full, write));
    }

    public void AddLines(string path, IEnumerable<string> lines) => Add(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
    });

    /// <summary>A copy; of a file that lies there already, none.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void Copy(string source, string target)
    {
        if (!File.Exists(source))
            throw new FileNotFoundException($"There is no image file '{source}' to copy.", source);
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
            return;
        Add(target, stream =>
        {
            using var file = File.OpenRead(source);
            file.CopyTo(stream);
        });
    }

    /// <param name="overwrite">Whether files that are there are replaced.</param>
    /// <param name="replaced">Files that may be there in any case.</param>
    /// <exception cref="IOException">A file is there and is not to be replaced, or cannot be written.</exception>
    public void Commit(bool overwrite, params string[] replaced)
    {
        var existing = _files.Where(f => File.Exists(f.Path)).Select(f => f.Path).ToList();
        var kept = existing.Except(replaced.Select(Path.GetFullPath)).ToList();
        if (!overwrite && kept.Count > 0)
            throw new IOException($"'{kept[0]}' is there already{(kept.Count > 1 ? $", and {kept.Count - 1} more of the files to write" : "")}. Choose another place, or pass overwrite: true to replace {(kept.Count > 1 ? "them" : "it")}. Nothing was written.");
        var fresh = new List<string>();
        try
        {
            foreach (var (path, write) in _files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                AtomicFile.Write(path, write);
                fresh.Add(path);
            }
        }
        catch
        {
            foreach (var path in fresh.Except(existing))
                File.Delete(path);
            throw;
        }
    }
}
