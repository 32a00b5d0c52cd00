using System.IO.Compression;
using System.Text.Json;
using Fovea.Data;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>
/// The one model file: a zip of <c>model.json</c> (what the model is), <c>weights.safetensors</c> (stored, not compressed)
/// and, where it was part of a chain, the ML.NET transformers before and after it. The same model gives the same bytes.
/// </summary>
internal static class ModelFile
{
    /// <summary>What a model's file name ends in where it is to be known by its name.</summary>
    public const string Extension = ".fovea";

    public const string DescriptionEntry = "model.json";
    public const string WeightsEntry = "weights.safetensors";
    public const string BeforeEntry = "before.mlnet.zip";
    public const string AfterEntry = "after.mlnet.zip";

    /// <summary>A zip's clock begins here; a model does not depend on the time.</summary>
    public static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a model, whole or not at all.</summary>
    /// <param name="path">The file, replaced where there is one.</param>
    /// <param name="model">What it is.</param>
    /// <param name="weights">By PyTorch's key names, in the order of the network.</param>
    /// <param name="before">The transformers before it, as <see cref="MLNetPart"/> writes them.</param>
    /// <param name="after">The transformers after it.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there stays as it was.</exception>
    public static void Save(string path, ModelDescription model, IReadOnlyDictionary<string, torch.Tensor> weights, byte[]? before = null, byte[]? after = null) =>
        AtomicFile.Write(path, stream => Write(stream, model, weights, before, after));

    /// <summary>Writes a model into a stream that can seek.</summary>
    public static void Write(Stream stream, ModelDescription model, IReadOnlyDictionary<string, torch.Tensor> weights, byte[]? before = null, byte[]? after = null)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        // The description comes last: it holds the hashes of the others.
        var document = new ModelDocument
        {
            Format = ModelDocument.CurrentFormat,
            Kind = model.Kind,
            Versions = new() { ["fovea"] = ModelJson.LibraryVersion, ["libtorch"] = torch.__version__ },
            ClassNames = [.. model.ClassNames],
            Options = model.Options,
            History = model.History,
            Weights = Add(archive, WeightsEntry, entry => SafetensorsFile.Write(entry, weights)),
            Before = before is null ? null : Add(archive, BeforeEntry, entry => entry.Write(before)),
            After = after is null ? null : Add(archive, AfterEntry, entry => entry.Write(after)),
        };
        using var description = Create(archive, DescriptionEntry, CompressionLevel.Optimal);
        JsonSerializer.Serialize(description, document, ModelJson.Options);
    }

    /// <summary>
    /// Reads a model, checking everything before it is used: its description and the transformers at once, its weights while the caller goes on
    /// (<see cref="StoredModel.Weights"/> waits for them and throws what is wrong with them).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">The kinds that can be read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model, damaged, changed, newer or of another kind; the message says which, and what to do.</exception>
    public static StoredModel Load(string path, IEnumerable<string> kinds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{Path.GetFullPath(path)}'.", path);
        return Read(File.OpenRead(path), path, kinds);
    }

    /// <summary>The network's weights of a model of any kind, checked as by <see cref="Load"/>.</summary>
    /// <returns>By PyTorch's key names; the caller's to dispose.</returns>
    public static Dictionary<string, torch.Tensor> ReadWeights(string path)
    {
        var weights = Read(File.OpenRead(path), path, kinds: null).Weights;
        var own = new Dictionary<string, torch.Tensor>();
        foreach (var (key, weight) in weights)
        {
            // The pixels' normalization is the new model's own affair.
            if (key.StartsWith(PixelNormalizer.Prefix, StringComparison.Ordinal))
                weight.Dispose();
            else
                own.Add(key, weight);
        }
        return own;
    }

    /// <param name="stream">A model's bytes; it can seek. It is closed when all is read.</param>
    /// <param name="path">Where they come from, for messages.</param>
    /// <param name="kinds">The kinds that can be read; null for any.</param>
    /// <exception cref="InvalidDataException">As <see cref="Load"/>.</exception>
    public static StoredModel Read(Stream stream, string path, IEnumerable<string>? kinds)
    {
        try
        {
            return new ModelFileReader(path, stream).Read(kinds);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith('\''))
        {
            // What System.IO.Compression says about a damaged zip does not name the file.
            throw new InvalidDataException($"'{path}' is no model of this library, or it is cut off or damaged: {e.Message} Save or fetch it again.", e);
        }
    }

    /// <summary>Stored as it is: weights hardly become smaller, and a reader can trust the length.</summary>
    private static ModelDocument.EntryMark Add(ZipArchive archive, string name, Action<Stream> write)
    {
        using var entry = Create(archive, name, CompressionLevel.NoCompression);
        using var hashing = new HashingStream(entry);
        write(hashing);
        return new ModelDocument.EntryMark { Bytes = hashing.Count, Sha256 = hashing.Finish() };
    }

    private static Stream Create(ZipArchive archive, string name, CompressionLevel level)
    {
        var entry = archive.CreateEntry(name, level);
        entry.LastWriteTime = Timeless;
        return entry.Open();
    }
}
