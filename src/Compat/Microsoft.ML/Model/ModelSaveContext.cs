using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Where one model of a model file is written. A transformer names its loader with <see cref="SetSignature"/>, writes its state with
/// <see cref="Writer"/> and has the models inside it written by <see cref="SaveModel"/>, each into a folder of its own.
/// </summary>
public sealed class ModelSaveContext : IDisposable
{
    /// <summary>The entry of a model's folder that holds its signature and state.</summary>
    internal const string ModelEntry = "Model.bin";

    private readonly ZipArchive _archive;
    private readonly string _folder;
    // An archive has one entry open at a time, and models nest.
    private readonly MemoryStream _state = new();
    private string _signature;
    private int _version;

    private ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
        Writer = new(_state, Encoding.UTF8);
    }

    internal BinaryWriter Writer { get; }

    /// <summary>Names the loader, registered by a <see cref="ModelLoaderAttribute"/>, and the version of the state's form that it will find.</summary>
    internal void SetSignature(string signature, int version = 1)
    {
        _signature = signature;
        _version = version;
    }

    /// <summary>Writes a model inside this one.</summary>
    internal void SaveModel(ICanSaveModel model, string name) => Save(_archive, model, Combine(_folder, name));

    /// <summary>Writes an entry of the model's folder.</summary>
    internal void SaveEntry(string name, Action<Stream> write) => SaveEntry(_archive, Combine(_folder, name), write);

    internal void WriteOrNull(string text)
    {
        Writer.Write(text is not null);
        if (text is not null)
            Writer.Write(text);
    }

    public void Dispose() => Writer.Dispose();

    internal static void Save(ZipArchive archive, ICanSaveModel model, string folder)
    {
        using var context = new ModelSaveContext(archive, folder);
        model.Save(context);
        context.Commit();
    }

    internal static void SaveEntry(ZipArchive archive, string path, Action<Stream> write)
    {
        using var stream = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
        write(stream);
    }

    internal static string Combine(string folder, string name) => string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}";

    private void Commit()
    {
        Check.That(_signature is not null, "ModelSignature not specified!");
        Writer.Flush();
        SaveEntry(ModelEntry, stream =>
        {
            using (var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            {
                header.Write(ModelLoadContext.Magic);
                header.Write(_signature);
                header.Write(_version);
            }
            _state.WriteTo(stream);
        });
    }
}
