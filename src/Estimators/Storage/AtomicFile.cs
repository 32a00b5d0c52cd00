namespace Fovea.Storage;

/// <summary>Writes a file so that at every moment either the old content or the whole new one is there.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the target, has the bytes brought to the disk and renames. Where that fails (disk full, no permission,
    /// <paramref name="write"/> throws) the target stays as it was and nothing is left beside it.
    /// </summary>
    /// <param name="path">The file; a link is followed, so what it points to is replaced.</param>
    /// <param name="write">Writes the content; the stream can seek.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new IOException($"'{target}' is a folder; give the path of a file.");
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(target)}' into; create it first.");
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;

        // Beside the target, because a rename is atomic only within one file system.
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            File.Delete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new IOException($"'{target}' could not be written: {e.Message.TrimEnd('.')}. {(File.Exists(target) ? "The file that was there is unchanged." : "No file was left behind.")}", e);
            throw;
        }
    }
}
