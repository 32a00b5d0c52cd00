using Fovea.Data;
using Fovea.Native;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>A model as read from its file. Whoever loads it disposes it, as soon as a network has the weights.</summary>
internal sealed class StoredModel(string path, ModelDescription description, IReadOnlyDictionary<string, torch.Tensor> weights) : IDisposable
{
    /// <summary>The file it came from, for messages.</summary>
    public string Path { get; } = path;

    public ModelDescription Description { get; } = description;

    /// <summary>By PyTorch's key names, on the CPU, in the order of the file.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Weights { get; } = weights;

    /// <summary>The ML.NET transformers before it, see <see cref="MLNetPart"/>; null for none.</summary>
    public byte[]? Before { get; init; }

    /// <summary>The ML.NET transformers after it; null for none.</summary>
    public byte[]? After { get; init; }

    /// <summary>The room's options.</summary>
    /// <exception cref="InvalidDataException">They do not fit; the message names the field and the version that wrote it.</exception>
    public T Options<T>() => ModelJson.FromNode<T>(Description.Options, "options", Path, Description.Versions);

    /// <summary>Puts the weights into a network, all but the tensors of the normalization. Once: their memory may become the network's.</summary>
    /// <exception cref="InvalidDataException">A key is missing, unexpected or of another shape; the message lists them.</exception>
    public void LoadInto(torch.nn.Module module) => StateDict.TakeOver(module, Weights.Where(w => !w.Key.StartsWith(PixelNormalizer.Prefix, StringComparison.Ordinal)).ToDictionary(), Path);

    /// <summary>A network of this library's with the file's weights: no time goes into first values that these replace.</summary>
    /// <param name="create">Makes it.</param>
    /// <exception cref="InvalidDataException">As <see cref="LoadInto"/>.</exception>
    public TNetwork Restore<TNetwork>(Func<TNetwork> create)
        where TNetwork : torch.nn.Module
    {
        TNetwork network;
        using (FirstValues.Unwanted())
            network = create();
        try
        {
            LoadInto(network);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var tensor in Weights.Values)
            tensor.Dispose();
    }
}
