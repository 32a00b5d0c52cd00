using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where one model of a model file is read from; the counterpart of <see cref="ModelSaveContext"/>.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    /// <summary>The first eight bytes of every model in the file.</summary>
    public const ulong Magic = 0x4c444d4d4f435646; // "FVCOMMDL"

    private readonly ZipArchive _archive;
    private readonly string _folder;

    private ModelLoadContext(IHostEnvironment environment, ZipArchive archive, string folder, Stream stream)
    {
        Environment = environment;
        _archive = archive;
        _folder = folder;
        Reader = new(stream, Encoding.UTF8);
        if (Reader.ReadUInt64() != Magic)
            throw new FormatException($"'{folder}' is not a model of this library.");
        Signature = Reader.ReadString();
        Version = Reader.ReadInt32();
    }

    public IHostEnvironment Environment { get; }

    public BinaryReader Reader { get; }

    public string Signature { get; }

    /// <summary>The version of the state's form, as given to <see cref="ModelSaveContext.SetSignature"/>.</summary>
    public int Version { get; }

    /// <summary>Reads a model inside this one.</summary>
    public T LoadModel<T>(string name) where T : class
    {
        string folder = ModelSaveContext.Combine(_folder, name);
        return LoadOrNull<T>(Environment, _archive, folder) ?? throw new FormatException($"The model file has no '{folder}'.");
    }

    /// <summary>Reads an entry of the model's folder.</summary>
    public T ReadEntry<T>(string name, Func<Stream, T> read)
    {
        string path = ModelSaveContext.Combine(_folder, name);
        using var stream = (_archive.GetEntry(path) ?? throw new FormatException($"The model file has no '{path}'.")).Open();
        return read(stream);
    }

    public string ReadStringOrNull() => Reader.ReadBoolean() ? Reader.ReadString() : null;

    public void Dispose() => Reader.Dispose();

    /// <summary>The model of a folder, or null if there is none.</summary>
    public static T LoadOrNull<T>(IHostEnvironment environment, ZipArchive archive, string folder) where T : class
    {
        var entry = archive.GetEntry(ModelSaveContext.Combine(folder, ModelSaveContext.ModelEntry));
        if (entry is null)
            return null;
        using var context = new ModelLoadContext(environment, archive, folder, entry.Open());
        object model = ModelLoaderAttribute.Find(context.Signature)(context);
        return model as T ?? throw new FormatException($"'{folder}' holds a {model.GetType().Name}, which is no {typeof(T).Name}.");
    }
}
