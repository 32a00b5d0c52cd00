namespace Fovea.Reporting;

/// <summary>A file that grows while others may read it.</summary>
internal static class LogFile
{
    /// <summary>Opens the file at its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether it may be there already.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It is there and shall not be appended to, it is a folder, or it cannot be written.</exception>
    public static FileStream Open(string path, bool append)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new IOException($"'{target}' is a folder; give the path of a file.");
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(target)}' into; create it first.");
        if (!append && File.Exists(target))
            throw new IOException($"'{target}' is already there; give another path, delete it, or pass append: true to go on in it.");
        try
        {
            // Read access is for what is there already: a header, a line that was cut off.
            var stream = new FileStream(target, append ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            stream.Seek(0, SeekOrigin.End);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{target}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>As <see cref="Open"/>, for lines of UTF-8: what was cut off in the middle of a line gets its end.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">As <see cref="Open"/> has it.</exception>
    public static FileStream OpenLines(string path, bool append)
    {
        var stream = Open(path, append);
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n')
                stream.WriteByte((byte)'\n');
        }
        return stream;
    }
}
