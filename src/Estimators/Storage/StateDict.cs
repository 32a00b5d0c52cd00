using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>Weights by name, and how they get into a network.</summary>
internal static class StateDict
{
    private const int Listed = 8;

    /// <summary>
    /// Weights from a file: .safetensors, a .pth/.pt that <c>torch.save</c> wrote (read through the native door; no code
    /// in it is run), or the weights of a model that was saved as .fovea.
    /// </summary>
    /// <returns>By name in the order of the file; on the CPU. The caller's to dispose.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no weight file '{Path.GetFullPath(path)}'.", path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ModelFile.Extension => ModelFile.ReadWeights(path),
            ".safetensors" => SafetensorsFile.Read(path),
            ".pth" or ".pt" or ".bin" => PyTorchFile.Read(path),
            var other => throw new InvalidDataException($"'{path}' has the extension '{other}'; weights are read from {ModelFile.Extension} (a saved model), .safetensors, .pth, .pt and .bin (torch.save)."),
        };
    }

    /// <summary>
    /// Copies weights into a network, key by key, each cast to the type the network has. All keys must match; those that
    /// begin with one of <paramref name="optional"/> may be missing, unexpected or of another shape, and are then left alone
    /// (a classifier's last layer when its classes differ).
    /// </summary>
    /// <param name="module">The network, on any device.</param>
    /// <param name="weights">By PyTorch's key names.</param>
    /// <param name="source">Where the weights come from, for messages.</param>
    /// <param name="optional">Beginnings of keys, for example "fc.".</param>
    /// <returns>The network's keys that were left alone.</returns>
    /// <exception cref="InvalidDataException">Keys are missing, unexpected or of another shape; the message lists them.</exception>
    public static IReadOnlyList<string> Load(nn.Module module, IReadOnlyDictionary<string, Tensor> weights, string source, params IReadOnlyList<string> optional) =>
        Load(module, weights, source, optional, (target, weight) => target.copy_(weight));

    /// <summary>
    /// As <see cref="Load(nn.Module, IReadOnlyDictionary{string, Tensor}, string, IReadOnlyList{string})"/> of weights that nobody needs any more: where type,
    /// layout and device are the network's, their memory becomes the network's, which is then neither written nor held twice.
    /// </summary>
    /// <exception cref="InvalidDataException">As there; the network is as it was.</exception>
    public static void TakeOver(nn.Module module, IReadOnlyDictionary<string, Tensor> weights, string source) => Load(module, weights, source, [], (target, weight) =>
    {
        if (weight.dtype == target.dtype && target.device.type == DeviceType.CPU && target.is_contiguous())
            target.set_(weight);
        else
            target.copy_(weight);
    });

    private static List<string> Load(nn.Module module, IReadOnlyDictionary<string, Tensor> weights, string source, IReadOnlyList<string> optional, Action<Tensor, Tensor> put)
    {
        bool IsOptional(string key) => optional.Any(o => key.StartsWith(o, StringComparison.Ordinal));

        var targets = module.state_dict();
        var missing = new List<string>();
        var misshaped = new List<string>();
        var skipped = new List<string>();
        foreach (var (key, target) in targets)
        {
            if (!weights.TryGetValue(key, out var weight))
            {
                // Weights saved before PyTorch 0.4.1 lack the counter, which only matters for batch norm without momentum.
                if (IsOptional(key) || key.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
                    skipped.Add(key);
                else
                    missing.Add(key);
            }
            else if (!weight.shape.AsSpan().SequenceEqual(target.shape))
            {
                if (IsOptional(key))
                    skipped.Add(key);
                else
                    misshaped.Add($"{key} ({Shape(weight)} in the file, {Shape(target)} in the network)");
            }
        }
        var unexpected = weights.Keys.Where(key => !targets.ContainsKey(key) && !IsOptional(key)).ToList();
        if (missing.Count + misshaped.Count + unexpected.Count > 0)
            throw new InvalidDataException($"The weights in '{source}' do not fit the network: "
                + string.Join("; ", new[] { List("of another shape", misshaped), List("missing from the file", missing), List("not in the network", unexpected) }.Where(t => t != ""))
                + ". They must come from the same architecture with the same options.");

        var leftAlone = skipped.ToHashSet();
        using var noGradient = no_grad();
        foreach (var (key, target) in targets)
            if (!leftAlone.Contains(key))
                put(target, weights[key]);
        return skipped;
    }

    internal static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";

    private static string List(string what, List<string> keys) => keys.Count == 0 ? "" :
        $"{keys.Count} {what}: {string.Join(", ", keys.Take(Listed))}{(keys.Count > Listed ? ", ..." : "")}";
}
