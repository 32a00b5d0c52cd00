using Fovea.Autoencoding.Networks;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Autoencoding;

/// <summary>An autoencoder without its weights: what makes the same network and the same columns again. Stored in the model file.</summary>
internal sealed record AutoencoderModel
{
    public required AutoencoderOptions Options { get; init; }

    /// <summary>The pixels that the network sees and makes.</summary>
    public required ImageInput Input { get; init; }

    /// <summary>The error above which an image is an anomaly; null for none.</summary>
    public double? AnomalyThreshold { get; init; }

    /// <summary>Pixels in [0, 1], which is what the likelihoods are of.</summary>
    public PixelNormalizer CreateNormalizer() => PixelNormalizer.Of(Normalization.ZeroToOne, Input);

    /// <summary>A network with new weights.</summary>
    public AutoencoderNetwork CreateNetwork(Device device)
    {
        var network = AutoencoderNetworkAttribute.Of(Options.Architecture).Create(new(Input.Channels, Input.Height, Input.Width, Options.LatentSize)
        {
            IsVariational = Options.IsVariational,
            HiddenWidths = Options.HiddenWidths,
            Convolutional = Options.Convolutional,
        });
        network.to(device);
        return network;
    }

    /// <summary>The model of a file, on the machine's own device.</summary>
    /// <exception cref="InvalidDataException">The options cannot be used, or the weights do not fit.</exception>
    public static AutoencoderTransformer Load(StoredModel stored, ComputeDevice target)
    {
        var model = stored.Options<AutoencoderModel>();
        // The validation set, which patience needs, is not stored.
        var problems = (model.Options with { Patience = null }).Problems().Concat(model.Input.Problems()).ToList();
        if (model.AnomalyThreshold is { } threshold && !(threshold >= 0))
            problems.Add($"the anomaly threshold must be at least 0; it is {threshold}");
        if (problems.Count > 0)
            throw new InvalidDataException($"'{stored.Path}' has options that cannot be used: {string.Join("; ", problems)}. {ModelJson.WrittenBy(stored.Description.Versions)}");
        var device = stored.Resolve(target);
        AutoencoderNetwork? network = null;
        try
        {
            network = stored.Restore(() => model.CreateNetwork(device));
            return new AutoencoderTransformer(network, model, stored.Description.History, device);
        }
        catch
        {
            network?.Dispose();
            throw;
        }
    }
}
