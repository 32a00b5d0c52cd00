using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Data;

/// <summary>
/// The file of a <see cref="DiskCache"/>: a header and a place for each record. Two processes may have one file open: a place
/// depends on the row alone, both would write the same into it, and what one reads half written its checksum refuses.
/// </summary>
internal static class RecordFile
{
    public const int HeaderBytes = 4096;

    private const string Extension = ".records";

    private static ReadOnlySpan<byte> Magic => "Fovea\0R1"u8;

    /// <summary>A file that nobody else sees, and that is gone when this process is, however it ends.</summary>
    public static SafeFileHandle CreateTemporary(string folder, long length)
    {
        var path = Path.Combine(folder, $"fovea-{Guid.NewGuid():N}.tmp");
        var onClose = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess | onClose);
        // Elsewhere an open file needs no name.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        RandomAccess.SetLength(file, length);
        return file;
    }

    public static string PathOf(string folder, SourceFingerprint source) => Path.Combine(folder, $"fovea-{Convert.ToHexStringLower(source.Identity.AsSpan(0, 12))}{Extension}");

    /// <summary>The kept file of a set, where it fits; otherwise a new one in its place, with nothing in it.</summary>
    /// <param name="path">See <see cref="PathOf"/>.</param>
    /// <param name="source">Of the set.</param>
    /// <param name="placeBytes">Bytes of a place.</param>
    /// <param name="places">How many.</param>
    public static SafeFileHandle OpenKept(string path, SourceFingerprint source, int placeBytes, int places)
    {
        var header = Header(source, placeBytes, places);
        var length = HeaderBytes + (long)placeBytes * places;
        RemoveAbandoned(Path.GetDirectoryName(path)!);
        while (true)
        {
            var isThere = false;
            if (File.Exists(path))
            {
                isThere = true;
                var kept = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
                if (RandomAccess.GetLength(kept) == length && HasHeader(kept, header))
                    return kept;
                kept.Dispose();
            }
            var partial = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                using (var file = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
                {
                    RandomAccess.SetLength(file, length);
                    RandomAccess.Write(file, header, 0);
                }
                File.Move(partial, path, overwrite: isThere);
            }
            catch (IOException) when (!isThere && File.Exists(path))
            {
                // Another process was first; its file will do.
                File.Delete(partial);
            }
            catch
            {
                File.Delete(partial);
                throw;
            }
        }
    }

    private static byte[] Header(SourceFingerprint source, int placeBytes, int places)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        MemoryMarshal.Write(header.AsSpan(8), placeBytes);
        MemoryMarshal.Write(header.AsSpan(12), places);
        source.State.CopyTo(header, 16);
        MemoryMarshal.Write(header.AsSpan(HeaderBytes - 4), RecordChecksum.Of(header.AsSpan(0, HeaderBytes - 4)));
        return header;
    }

    private static bool HasHeader(SafeFileHandle file, byte[] header)
    {
        var found = new byte[HeaderBytes];
        return RandomAccess.Read(file, found, 0) == HeaderBytes && found.AsSpan().SequenceEqual(header);
    }

    /// <summary>What a process that was killed in the middle of creating left behind.</summary>
    private static void RemoveAbandoned(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "fovea-*.tmp"))
            if (File.GetLastWriteTimeUtc(file) < DateTime.UtcNow.AddDays(-1))
                try
                {
                    File.Delete(file);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // it is in use after all
                }
    }
}
