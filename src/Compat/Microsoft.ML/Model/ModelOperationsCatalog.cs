using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Saving and loading models, and predicting one example at a time. The file is a zip like that of the packages, but its content is of a form of this
/// library's own: neither reads the other's.
/// </summary>
public sealed class ModelOperationsCatalog
{
    private const string SchemaEntry = "Schema";
    private const string ModelFolder = "TransformerChain";

    internal ModelOperationsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }

    /// <summary>Writes to a file that is created at once: a model that fails to save leaves a broken file, as in the packages.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Check.NonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Check.Value(stream, nameof(stream));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        if (model is not null)
            ModelSaveContext.Save(archive, model, ModelFolder);
        if (inputSchema is not null)
            ModelSaveContext.SaveEntry(archive, SchemaEntry, entry => SchemaCodec.Write(entry, inputSchema));
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Check.NonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    /// <param name="stream">What <see cref="Save(ITransformer, DataViewSchema, Stream)"/> wrote.</param>
    /// <param name="inputSchema">The schema saved with the model, without the columns whose types no file can hold; null if none was.</param>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Check.Value(stream, nameof(stream));
        using var archive = Open(stream);
        inputSchema = null;
        if (archive.GetEntry(SchemaEntry) is { } entry)
            using (var schema = entry.Open())
                inputSchema = SchemaCodec.Read(schema);
        var model = ModelLoadContext.LoadOrNull<ITransformer>(Environment, archive, ModelFolder);
        if (model is null && inputSchema is not null)
            throw new FormatException("Corrupt model file: it has a schema but no model.");
        return model ?? throw new InvalidOperationException("Could not load legacy format model: the file has no model that this library wrote.");
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer, bool ignoreMissingColumns = true, SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer: true);

    /// <summary>With the types (sizes, cardinalities) and annotations that <paramref name="inputSchema"/> has for the example's members.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return new(transformer, ignoreMissingColumns: false, RowDefinition.Following(typeof(TSrc), inputSchema), null, ownsTransformer: true);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition, options.OwnsTransformer);

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException error)
        {
            throw new FormatException("Failed to open a zip archive", error);
        }
    }
}
