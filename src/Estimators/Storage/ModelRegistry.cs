using Microsoft.ML;

namespace Fovea.Storage;

/// <summary>Which room reads which kind of model. The front door fills it in, so this corridor knows no room.</summary>
internal sealed class ModelRegistry
{
    private readonly Dictionary<string, Func<MLContext, StoredModel, ITransformer>> _readers = new(StringComparer.Ordinal);

    /// <param name="kind">What <see cref="ModelDescription.Kind"/> says.</param>
    /// <param name="read">Makes the room's transformer; it does not keep the stored model.</param>
    public ModelRegistry Add(string kind, Func<MLContext, StoredModel, ITransformer> read)
    {
        _readers.Add(kind, read);
        return this;
    }

    /// <summary>The model in a file, as its own type.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no model of this library, damaged, newer, or of an unknown kind.</exception>
    public ITransformer Load(MLContext context, string path)
    {
        using var stored = ModelFile.Load(path, _readers.Keys);
        return _readers[stored.Description.Kind](context, stored);
    }

    /// <summary>Writes a model of this library; a chain that holds one and nothing else is taken for it.</summary>
    /// <exception cref="ArgumentException">The model is not this library's, or a chain with more in it.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there stays as it was.</exception>
    public void Save(ITransformer model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var storable = Unwrap(model) ?? throw new ArgumentException(
            $"{Name(model)} is not a model that this method can write. It writes what ml.Vision's trainers make ({string.Join(", ", _readers.Keys)}); " +
            "take the vision model out of the chain (LastTransformer), or save the whole chain with ml.Model.Save.", nameof(model));
        ModelFile.Save(path, storable.Describe(), storable.Weights());
    }

    private static IStorable? Unwrap(ITransformer model) => model switch
    {
        IStorable storable => storable,
        IEnumerable<ITransformer> chain when chain.Take(2).ToList() is [var only] => Unwrap(only),
        _ => null,
    };

    private static string Name(ITransformer model) => model is IEnumerable<ITransformer> chain
        ? $"A chain of {string.Join(", ", chain.Select(t => t.GetType().Name))}"
        : model.GetType().Name;
}
