using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>Weights of a file for a network to begin with.</summary>
internal static class InitialWeights
{
    /// <param name="network">Gets the weights.</param>
    /// <param name="path">A state dict; null for none.</param>
    /// <param name="classLayers">Beginnings of the keys that depend on the classes: they begin anew where the file's do not fit.</param>
    /// <param name="channel">Is told what was read.</param>
    /// <param name="currentKey">The network's key for one of the file's, where layers were renamed since; null where none were.</param>
    /// <exception cref="InvalidDataException">The file is no state dict, or does not fit the network.</exception>
    public static void Load(nn.Module network, string? path, IReadOnlyList<string> classLayers, IChannel channel, Func<string, string>? currentKey = null)
    {
        if (path is null)
            return;
        var weights = StateDict.Read(path);
        try
        {
            if (currentKey is not null)
                weights = weights.ToDictionary(w => currentKey(w.Key), w => w.Value);
            var anew = StateDict.Load(network, weights, path, classLayers);
            channel.Info(MessageSensitivity.None, anew.Count == 0 ? $"All weights from '{path}'" : $"Weights from '{path}'; begun anew: {string.Join(", ", anew)}");
        }
        finally
        {
            foreach (var weight in weights.Values)
                weight.Dispose();
        }
    }
}
