using System.Security.Cryptography;
using System.Text;
using Fovea.Native;

namespace Fovea.Data;

/// <summary>What decides of the samples in a kept disk cache: which files and what is made of them, and in which state the files are.</summary>
/// <param name="Identity">Of paths and preprocessing: the same for two states of the same set.</param>
/// <param name="State">Of that, and of every file's length and time of last writing.</param>
internal sealed record SourceFingerprint(byte[] Identity, byte[] State)
{
    /// <summary>Raised by whatever changes the bytes of a decoded sample.</summary>
    private const int Preprocessing = 1;

    public static SourceFingerprint Of(RowIndex rows, ImageInput input)
    {
        using var identity = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var state = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(identity, $"{Preprocessing} {input.Height} {input.Width} {input.Channels} {input.Resize} {ImageCodec.IsAvailable} {rows.Count}");
        if (rows.MaskClasses is { } classes)
            identity.AppendData(classes.Classes);
        foreach (var path in (rows.Paths ?? []).Concat(rows.MaskPaths ?? []))
        {
            Add(identity, path);
            var file = new FileInfo(path);
            Add(state, file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "missing");
        }
        var name = identity.GetHashAndReset();
        state.AppendData(name);
        return new(name, state.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
