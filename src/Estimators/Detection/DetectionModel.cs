using Fovea.Data;
using Fovea.Detection.Networks;
using Fovea.Storage;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>A detector without its weights: what makes the same network and the same columns again. Stored in the model file.</summary>
internal sealed record DetectionModel
{
    public required DetectionOptions Options { get; init; }

    /// <summary>How pixels become numbers, nothing left to measure.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>What the network sees.</summary>
    public static ImageInput InputOf(DetectionOptions options) => ImageInput.Create(options.ImageHeight, options.ImageWidth, (int)options.Channels, options.Resize);

    /// <summary>A network with new weights.</summary>
    public DetectionNetwork CreateNetwork(int classes, Device device)
    {
        var network = DetectionNetworkAttribute.Of(Options.Architecture).Create(new DetectionNetworkInput((int)Options.Channels, classes) { Yolo = Options.Yolo, FasterRcnn = Options.FasterRcnn });
        network.to(device);
        return network;
    }

    /// <summary>The model of a file, on the machine's own device.</summary>
    /// <exception cref="InvalidDataException">The options cannot be used, or the weights do not fit.</exception>
    public static DetectionTransformer Load(StoredModel stored, ComputeDevice target)
    {
        var model = stored.Options<DetectionModel>();
        var classes = stored.Description.ClassNames;
        // The validation set, which patience needs, is not stored.
        var problems = (model.Options with { Patience = null }).Problems().ToList();
        if (classes.Count < 1)
            problems.Add("there must be at least 1 class; there is none");
        if (problems.Count > 0)
            throw new InvalidDataException($"'{stored.Path}' has options that cannot be used: {string.Join("; ", problems)}. {ModelJson.WrittenBy(stored.Description.Versions)}");
        var device = stored.Resolve(target);
        PixelNormalizer? normalizer = null;
        DetectionNetwork? network = null;
        try
        {
            network = stored.Restore(() => model.CreateNetwork(classes.Count, device));
            normalizer = PixelNormalizer.Load(model.Normalization, InputOf(model.Options), stored.Weights, stored.Path, device);
            return new DetectionTransformer(network, normalizer, model, classes, stored.Description.History, device);
        }
        catch
        {
            network?.Dispose();
            normalizer?.Dispose();
            throw;
        }
    }
}
