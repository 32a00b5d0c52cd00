using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>Reads a model's zip as what a stranger may have made: nothing is extracted, nothing is believed before it is checked.</summary>
internal sealed class ModelFileReader(string path, Stream file)
{
    /// <summary>The description of a model with a million classes and a thousand epochs takes a tenth of it.</summary>
    private const long LargestDescription = 256 << 20;

    // Made at once, beside all else: its library takes some time to load.
    private readonly Task<IncrementalHash> _hash = Task.Run(() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
    private Task _loading = Task.CompletedTask;

    /// <summary>Begins to load LibTorch.</summary>
    public Func<Task> BeginLoading { get; init; } = LibTorchLoading.Begin;

    /// <param name="kinds">That are known; null where any will do.</param>
    /// <returns>Its weights are still being read, and the file is closed after that.</returns>
    public StoredModel Read(IEnumerable<string>? kinds)
    {
        try
        {
            return ReadDescribed(kinds);
        }
        catch
        {
            file.Dispose();
            // A program that ends with this error must not end in the midst of loading.
            Task.WaitAny(_loading);
            throw;
        }
    }

    private StoredModel ReadDescribed(IEnumerable<string>? kinds)
    {
        var entries = Entries();
        if (!entries.TryGetValue(ModelFile.DescriptionEntry, out var descriptionEntry))
            throw new InvalidDataException($"'{path}' has no {ModelFile.DescriptionEntry}: it is no model of this library."
                + (entries.Keys.Any(k => k.Contains("TransformerChain", StringComparison.Ordinal) || k.Contains("Version.txt", StringComparison.Ordinal))
                    ? " It looks like a model of ML.NET; load it with ml.Model.Load." : ""));
        var json = ReadDescription(descriptionEntry);
        var hash = _hash.GetAwaiter().GetResult();
        // Not before what loads libraries itself: decompression and hash (see LibTorchLoading).
        _loading = BeginLoading();
        using var description = ParseDescription(json);
        var document = Understand(description.RootElement);
        var known = kinds?.ToList();
        if (known is not null && !known.Contains(document.Kind))
            throw new InvalidDataException($"'{path}' is a model of the kind '{document.Kind}'; this version knows {string.Join(", ", known.Select(k => $"'{k}'"))}. {ModelJson.WrittenBy(document.Versions)}");
        CheckHistory(document.History);
        foreach (var name in entries.Keys)
            if (name is not (ModelFile.DescriptionEntry or ModelFile.WeightsEntry)
                && !(name == ModelFile.BeforeEntry && document.Before is not null) && !(name == ModelFile.AfterEntry && document.After is not null))
                throw new InvalidDataException($"'{path}' holds '{name}', which does not belong into this model. The file was changed.");
        var before = document.Before is null ? null : ReadPart(entries, ModelFile.BeforeEntry, document.Before);
        var after = document.After is null ? null : ReadPart(entries, ModelFile.AfterEntry, document.After);
        return new StoredModel(path, document.ToDescription(), _loading, ReadWeights(entries, document.Weights, hash)) { Before = before, After = after };
    }

    private Dictionary<string, ZipArchiveEntry> Entries()
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        // Not disposed: it holds nothing but the file, from which entries are read to the end.
        foreach (var entry in new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true).Entries)
        {
            var name = entry.FullName;
            if (name.Contains("..", StringComparison.Ordinal) || name.Contains('\\') || name.Contains(':') || name.StartsWith('/'))
                throw new InvalidDataException($"'{path}' holds an entry named '{name}', a path that leads out of the file. Do not trust where it came from.");
            if (!entries.TryAdd(name, entry))
                throw new InvalidDataException($"'{path}' holds '{name}' twice. The file was changed.");
        }
        return entries;
    }

    private byte[] ReadDescription(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestDescription)
            throw new InvalidDataException($"'{path}': {ModelFile.DescriptionEntry} announces {entry.Length} bytes; at most {LargestDescription} are allowed.");
        var json = new byte[entry.Length];
        using (var stream = entry.Open())
        {
            stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
            if (stream.ReadByte() >= 0 || Crc32.Of(json) != entry.Crc32)
                throw new InvalidDataException($"'{path}': {ModelFile.DescriptionEntry} is not what was written (its length or checksum differ). The file was damaged or changed.");
        }
        return json;
    }

    /// <summary>The description as JSON in which no name stands twice.</summary>
    private JsonDocument ParseDescription(byte[] json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw Damaged(e);
        }
    }

    private ModelDocument Understand(JsonElement root)
    {
        try
        {
            var versions = new Dictionary<string, string>();
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("versions", out var listed) && listed.ValueKind == JsonValueKind.Object)
                foreach (var version in listed.EnumerateObject())
                    versions[version.Name] = version.Value.ToString();
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var number))
                throw new InvalidDataException($"'{path}': {ModelFile.DescriptionEntry} names no format. It is no model of this library.");
            if (number is < 1 or > ModelDocument.CurrentFormat)
                throw new InvalidDataException($"'{path}' has the file format {number}; this version reads up to {ModelDocument.CurrentFormat}. {ModelJson.WrittenBy(versions)}");
            return ModelJson.FromNode<ModelDocument>(System.Text.Json.Nodes.JsonObject.Create(root), "description", path, versions);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Damaged(e);
        }
    }

    private InvalidDataException Damaged(Exception e) => new($"'{path}': {ModelFile.DescriptionEntry} is damaged: {e.Message}", e);

    private void CheckHistory(TrainingHistory history)
    {
        if (history.BestEpoch < 0 || history.BestEpoch > history.Epochs.Count)
            throw new InvalidDataException($"'{path}': the history's best epoch is {history.BestEpoch} of {history.Epochs.Count}. The file was changed.");
    }

    private Task<Dictionary<string, torch.Tensor>> ReadWeights(Dictionary<string, ZipArchiveEntry> entries, ModelDocument.EntryMark mark, IncrementalHash hash)
    {
        var reader = new SafetensorsReader(Open(entries, ModelFile.WeightsEntry, mark), mark.Bytes, $"{path}/{ModelFile.WeightsEntry}");
        return Task.Run(() =>
        {
            using (file)
            using (hash)
            {
                _loading.GetAwaiter().GetResult();
                var weights = reader.Tensors(hash);
                if (Convert.ToHexStringLower(hash.GetHashAndReset()) == mark.Sha256)
                    return weights;
                foreach (var tensor in weights.Values)
                    tensor.Dispose();
                throw Changed(ModelFile.WeightsEntry);
            }
        });
    }

    private byte[] ReadPart(Dictionary<string, ZipArchiveEntry> entries, string name, ModelDocument.EntryMark mark)
    {
        if (mark.Bytes > Array.MaxLength)
            throw new InvalidDataException($"'{path}': {name} announces {mark.Bytes} bytes; at most {Array.MaxLength} are allowed.");
        using var stream = Open(entries, name, mark);
        var part = new byte[mark.Bytes];
        var read = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
        return read == part.Length && Convert.ToHexStringLower(SHA256.HashData(part)) == mark.Sha256 ? part : throw Changed(name);
    }

    /// <summary>Entries but the description are stored as they are, so they cannot be larger than the file: no small file asks for much memory.</summary>
    private Stream Open(Dictionary<string, ZipArchiveEntry> entries, string name, ModelDocument.EntryMark mark)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"'{path}' has no {name}: the file was changed.");
        if (entry.CompressedLength != entry.Length || entry.Length > file.Length)
            throw new InvalidDataException($"'{path}': {name} announces {entry.Length} bytes in {entry.CompressedLength}; it is stored uncompressed. The file was changed.");
        if (entry.Length != mark.Bytes)
            throw new InvalidDataException($"'{path}': {name} has {entry.Length} bytes, but {mark.Bytes} were written. The file was changed.");
        return entry.Open();
    }

    private InvalidDataException Changed(string name) =>
        new($"'{path}': {name} is not what was written (its SHA-256 differs). The file was damaged or changed; fetch it again.");
}
