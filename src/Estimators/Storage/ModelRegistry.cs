using Microsoft.ML;
using Microsoft.ML.Data;

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

    /// <summary>The model in a file: as its own type, or in the chain it was saved in.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no model of this library, damaged, newer, or of an unknown kind.</exception>
    public ITransformer Load(MLContext context, string path)
    {
        using var stored = ModelFile.Load(path, _readers.Keys);
        if (stored.Before is not null || stored.After is not null)
            stored.AwaitLibTorch(); // a custom mapping may use it
        List<ChainLink> links = [.. MLNetPart.Read(context, stored.Before, $"{path}/{ModelFile.BeforeEntry}")];
        try
        {
            var at = links.Count;
            links.AddRange(MLNetPart.Read(context, stored.After, $"{path}/{ModelFile.AfterEntry}"));
            var model = _readers[stored.Description.Kind](context, stored);
            if (links.Count == 0)
                return model;
            links.Insert(at, new(model, TransformerScope.Everything));
            return new TransformerChain<ITransformer>(links.Select(l => l.Transformer), links.Select(l => l.Scope));
        }
        catch
        {
            foreach (var link in links)
                (link.Transformer as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>Writes a model of this library, alone or in a chain with transformers of ML.NET.</summary>
    /// <exception cref="ArgumentException">The model or the chain holds none of this library, or several, or what ML.NET cannot save.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there stays as it was.</exception>
    public void Save(MLContext context, ITransformer model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var links = ChainLink.Of(model).ToArray();
        var own = Enumerable.Range(0, links.Length).Where(i => links[i].Transformer is IStorable).ToList();
        if (own is not [var at])
            throw new ArgumentException($"{Name(model, links)} {(own.Count == 0 ? "holds no vision model" : $"holds {own.Count} vision models")}; exactly one can be saved, alone or in a chain. "
                + (own.Count == 0 ? $"Vision models are what ml.Vision's trainers make ({string.Join(", ", _readers.Keys)}); ml.Model.Save writes all others." : "Save each in a file of its own."), nameof(model));
        var storable = (IStorable)links[at].Transformer;
        ModelFile.Save(path, storable.Describe(), storable.Weights(), MLNetPart.Write(context, links[..at]), MLNetPart.Write(context, links[(at + 1)..]));
    }

    private static string Name(ITransformer model, ChainLink[] links) => links is [var only] && only.Transformer == model
        ? model.GetType().Name
        : $"A chain of {(links.Length == 0 ? "nothing" : string.Join(", ", links.Select(l => l.Transformer.GetType().Name)))}";
}
