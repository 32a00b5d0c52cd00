using System.IO.Compression;

namespace Fovea.Tests.Storage;

/// <summary>Model files as a stranger may change them.</summary>
internal static class Zip
{
    /// <summary>Writes a zip again with one entry's bytes changed; the new zip is itself whole.</summary>
    /// <param name="change">Null removes the entry.</param>
    /// <param name="level">How the changed entry is written.</param>
    public static void Change(string from, string to, string entry, Func<byte[], byte[]?> change, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var source = ZipFile.OpenRead(from);
        using var target = new ZipArchive(File.Create(to), ZipArchiveMode.Create);
        foreach (var old in source.Entries)
        {
            using var stream = old.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (old.FullName != entry)
                Add(target, old.FullName, copy.ToArray());
            else if (change(copy.ToArray()) is { } content)
                Add(target, old.FullName, content, level);
        }
    }

    public static void Add(ZipArchive archive, string name, byte[] content, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = archive.CreateEntry(name, level).Open();
        stream.Write(content);
    }

    public static byte[] Read(string path, string entry)
    {
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry(entry)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
