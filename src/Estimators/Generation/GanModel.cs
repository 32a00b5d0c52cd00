using Fovea.Data;
using Fovea.Generation.Networks;
using Fovea.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Generation;

/// <summary>A GAN without its weights: what makes the same networks and the same columns again. Stored in the model file.</summary>
internal sealed record GanModel
{
    public required GanOptions Options { get; init; }

    /// <summary>The images, real and generated.</summary>
    public required ImageInput Input { get; init; }

    public static GanModel Of(GanOptions options) => new()
    {
        Options = options,
        Input = ImageInput.Create(options.ImageHeight, options.ImageWidth, (int)options.Channels, options.Resize),
    };

    /// <summary>Pixels in [−1, 1], where the generator's tanh has them.</summary>
    public PixelNormalizer Normalizer() => PixelNormalizer.Of(Normalization.MinusOneToOne, Input);

    /// <summary>Networks with new weights.</summary>
    /// <param name="classes">K; 0 where they are not given the class.</param>
    /// <param name="device">Where they shall be.</param>
    public GanNetwork CreateNetwork(int classes, Device device)
    {
        var network = new GanNetwork(Options.Architecture, new GanNetworkInput(Input.Channels, Input.Height, Input.Width, Options.LatentSize, classes, Options.Width)
        {
            BatchNorm = Options.DiscriminatorBatchNorm,
            SpectralNorm = Options.SpectralNorm,
        });
        network.to(device);
        return network;
    }

    /// <summary>The model of a file, on the machine's own device.</summary>
    /// <exception cref="InvalidDataException">The options cannot be used, or the weights do not fit.</exception>
    public static GanTransformer Load(StoredModel stored, ComputeDevice target)
    {
        var model = stored.Options<GanModel>();
        var classes = stored.Description.ClassNames;
        var problems = model.Options.Problems().Concat(model.Input.Problems()).ToList();
        if (model.Options.Conditional != classes.Count > 0)
            problems.Add($"there must be class names where {nameof(GanOptions.Conditional)} is set, and nowhere else; it is {model.Options.Conditional} and there are {classes.Count}");
        if (problems.Count > 0)
            throw new InvalidDataException($"'{stored.Path}' has options that cannot be used: {string.Join("; ", problems)}. {ModelJson.WrittenBy(stored.Description.Versions)}");
        var device = stored.Resolve(target);
        GanNetwork? network = null;
        try
        {
            network = stored.Restore(() => model.CreateNetwork(classes.Count, device));
            return new GanTransformer(network, model, classes, stored.Description.History, device);
        }
        catch
        {
            network?.Dispose();
            throw;
        }
    }
}
