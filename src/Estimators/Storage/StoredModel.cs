using Fovea.Data;
using Fovea.Native;
using TorchSharp;

namespace Fovea.Storage;

/// <summary>A model as read from its file. Whoever loads it disposes it, as soon as a network has the weights.</summary>
/// <param name="path">The file.</param>
/// <param name="description">Read and checked.</param>
/// <param name="loading">Ends when LibTorch is loaded.</param>
/// <param name="weights">Ends when the weights are read and checked.</param>
internal sealed class StoredModel(string path, ModelDescription description, Task loading, Task<Dictionary<string, torch.Tensor>> weights) : IDisposable
{
    /// <summary>The file it came from, for messages.</summary>
    public string Path { get; } = path;

    public ModelDescription Description { get; } = description;

    /// <summary>By PyTorch's key names, on the CPU, in the order of the file. Waits until they are read.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or not what was written.</exception>
    public IReadOnlyDictionary<string, torch.Tensor> Weights => weights.GetAwaiter().GetResult();

    /// <summary>The ML.NET transformers before it, see <see cref="MLNetPart"/>; null for none.</summary>
    public byte[]? Before { get; init; }

    /// <summary>The ML.NET transformers after it; null for none.</summary>
    public byte[]? After { get; init; }

    /// <summary>The room's options.</summary>
    /// <exception cref="InvalidDataException">They do not fit; the message names the field and the version that wrote it.</exception>
    public T Options<T>() => ModelJson.FromNode<T>(Description.Options, "options", Path, Description.Versions);

    /// <summary>The device that the model is to run on, once LibTorch is loaded.</summary>
    /// <exception cref="InvalidOperationException">A CUDA device is asked for that LibTorch does not see.</exception>
    public torch.Device Resolve(ComputeDevice target)
    {
        AwaitLibTorch();
        return target.Resolve();
    }

    /// <summary>Waits until LibTorch is loaded. TorchSharp does not lock its loading, so nothing may call it before.</summary>
    public void AwaitLibTorch() => loading.GetAwaiter().GetResult();

    /// <summary>Puts the weights into a network, all but the tensors of the normalization. Once: their memory may become the network's.</summary>
    /// <exception cref="InvalidDataException">A key is missing, unexpected or of another shape; the message lists them.</exception>
    public void LoadInto(torch.nn.Module module)
    {
        var own = new Dictionary<string, torch.Tensor>();
        foreach (var (key, weight) in Weights)
            if (!key.StartsWith(PixelNormalizer.Prefix, StringComparison.Ordinal))
                own.Add(key, weight);
        StateDict.TakeOver(module, own, Path);
    }

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
        // What is wrong with them is the concern of who asks for them.
        Task.WaitAny(weights);
        if (weights.IsCompletedSuccessfully)
            foreach (var tensor in weights.Result.Values)
                tensor.Dispose();
    }
}
