using Fovea.Data;
using Fovea.Segmentation.Networks;
using Fovea.Storage;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>A segmenter without its weights: what makes the same network and the same columns again. Stored in the model file.</summary>
internal sealed record SegmentationModel
{
    public required SegmentationOptions Options { get; init; }

    /// <summary>What the network saw in training. Prediction takes images of this size, or of their own where the options give none.</summary>
    public required ImageInput Input { get; init; }

    /// <summary>How pixels become numbers, nothing left to measure.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>Images keep their own size.</summary>
    public bool KeepsSize => Options.ImageHeight is null;

    /// <summary>A network with new weights.</summary>
    public SegmentationNetwork CreateNetwork(int classes, Device device)
    {
        var network = SegmentationNetworkAttribute.Of(Options.Architecture)
            .Create(new SegmentationNetworkInput(Input.Channels, classes) { Auxiliary = Options.Auxiliary, UNet = Options.UNet });
        network.to(device);
        return network;
    }

    /// <summary>The model of a file, on the machine's own device.</summary>
    /// <exception cref="InvalidDataException">The options cannot be used, or the weights do not fit.</exception>
    public static SegmentationTransformer Load(StoredModel stored, ComputeDevice target)
    {
        var model = stored.Options<SegmentationModel>();
        var classes = stored.Description.ClassNames;
        // The validation set, which patience needs, is not stored.
        var problems = (model.Options with { Patience = null }).Problems().Concat(model.Input.Problems()).ToList();
        if (classes.Count is < 2 or > MaskClasses.Most)
            problems.Add($"there must be 2 to {MaskClasses.Most} classes; there are {classes.Count}");
        if (problems.Count > 0)
            throw new InvalidDataException($"'{stored.Path}' has options that cannot be used: {string.Join("; ", problems)}. {ModelJson.WrittenBy(stored.Description.Versions)}");
        var device = stored.Resolve(target);
        PixelNormalizer? normalizer = null;
        SegmentationNetwork? network = null;
        try
        {
            network = stored.Restore(() => model.CreateNetwork(classes.Count, device));
            normalizer = PixelNormalizer.Load(model.Normalization, model.Input, stored.Weights, stored.Path, device);
            return new SegmentationTransformer(network, normalizer, model, classes, stored.Description.History, device);
        }
        catch
        {
            network?.Dispose();
            normalizer?.Dispose();
            throw;
        }
    }
}
