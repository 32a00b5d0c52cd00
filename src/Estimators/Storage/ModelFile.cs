using System.IO.Compression;
using System.Text.Json;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>
/// The one model file: a zip of <c>model.json</c> (what the model is) and <c>weights.safetensors</c> (stored, not
/// compressed). The same model gives the same bytes.
/// </summary>
internal static class ModelFile
{
    public const string DescriptionEntry = "model.json";
    public const string WeightsEntry = "weights.safetensors";

    /// <summary>A zip's clock begins here; a model does not depend on the time.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a model, whole or not at all.</summary>
    /// <param name="path">The file, replaced where there is one.</param>
    /// <param name="model">What it is.</param>
    /// <param name="weights">By PyTorch's key names, in the order of the network.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there stays as it was.</exception>
    public static void Save(string path, ModelDescription model, IReadOnlyDictionary<string, torch.Tensor> weights) =>
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            // The weights first: the description holds their hash.
            ModelDocument.WeightsMark mark;
            using (var entry = Create(archive, WeightsEntry, CompressionLevel.NoCompression))
            using (var hashing = new HashingStream(entry))
            {
                SafetensorsFile.Write(hashing, weights);
                mark = new ModelDocument.WeightsMark { Bytes = hashing.Count, Sha256 = hashing.Finish() };
            }
            var document = new ModelDocument
            {
                Format = ModelDocument.CurrentFormat,
                Kind = model.Kind,
                Versions = new() { ["fovea"] = ModelJson.LibraryVersion, ["libtorch"] = torch.__version__ },
                Columns = new(model.Columns),
                ClassNames = [.. model.ClassNames],
                Options = model.Options,
                Metrics = new(model.Metrics),
                History = model.History,
                Weights = mark,
            };
            using var description = Create(archive, DescriptionEntry, CompressionLevel.Optimal);
            JsonSerializer.Serialize(description, document, ModelJson.Options);
        });

    /// <summary>Reads a model, checking everything before it is used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">The kinds that can be read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model, damaged, changed, newer or of another kind; the message says which, and what to do.</exception>
    public static StoredModel Load(string path, IEnumerable<string> kinds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{Path.GetFullPath(path)}'.", path);
        using var stream = File.OpenRead(path);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return new ModelFileReader(path, stream.Length, archive).Read(kinds);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith('\''))
        {
            // What System.IO.Compression says about a damaged zip does not name the file.
            throw new InvalidDataException($"'{path}' is no model of this library, or it is cut off or damaged: {e.Message} Save or fetch it again.", e);
        }
    }

    private static Stream Create(ZipArchive archive, string name, CompressionLevel level)
    {
        var entry = archive.CreateEntry(name, level);
        entry.LastWriteTime = Timeless;
        return entry.Open();
    }
}
