using Fovea.Backbones;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Classification;

/// <summary>A classifier without its weights: what makes the same network and the same columns again. Stored in the model file.</summary>
internal sealed record CnnModel
{
    public required CnnOptions Options { get; init; }

    /// <summary>The pixels that the network wants to see.</summary>
    public required ImageInput Input { get; init; }

    /// <summary>What was made of them in training, with what was measured.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>How the training data held its images. Prediction takes any way; what <c>ml.Model.Save</c> writes takes this one.</summary>
    public required ImageColumnType Images { get; init; }

    /// <summary>The label was a key; then the predicted label is one too.</summary>
    public required bool LabelIsKey { get; init; }

    /// <summary>The network is the caller's own and cannot be made from <see cref="Options"/> alone.</summary>
    public required bool IsCustom { get; init; }

    public NetworkInput NetworkInput(int classes) => new(Input.Channels, Input.Height, Input.Width, classes, Options.Dropout);

    /// <summary>A network with new weights.</summary>
    /// <exception cref="InvalidOperationException">The caller's factory gave none.</exception>
    public nn.Module<Tensor, Tensor> CreateNetwork(int classes, Device device)
    {
        var input = NetworkInput(classes);
        var network = Options.Network is { } factory
            ? factory(input) ?? throw new InvalidOperationException($"{nameof(CnnOptions)}.{nameof(CnnOptions.Network)} gave null; it must give a network for {input}.")
            : NetworkAttribute.Of(Options.Architecture).Create(input);
        network.to(device);
        return network;
    }

    /// <summary>Checks what a network made of a batch: a network of the caller's own may give anything.</summary>
    /// <returns>The logits, (N, K).</returns>
    /// <exception cref="InvalidOperationException">They have another shape.</exception>
    public static Tensor CheckLogits(Tensor logits, long images, int classes)
    {
        if (logits.dim() == 2 && logits.size(0) == images && logits.size(1) == classes)
            return logits;
        throw new InvalidOperationException($"The network gave logits of shape ({string.Join(", ", logits.shape)}) for {images} image(s) of {classes} classes; "
            + $"it must give ({images}, {classes}), whose second size is {nameof(NetworkInput)}.{nameof(Fovea.NetworkInput.Classes)}.");
    }

    /// <summary>The model of a file, on the machine's own device.</summary>
    /// <param name="stored">What the file holds.</param>
    /// <param name="network">The factory of a custom network; null where the file names an architecture.</param>
    /// <param name="target">Where it shall run.</param>
    /// <exception cref="InvalidDataException">The file has a custom network and no factory is given, or the weights do not fit.</exception>
    public static CnnTransformer Load(StoredModel stored, Func<NetworkInput, nn.Module<Tensor, Tensor>>? network, ComputeDevice target)
    {
        var model = stored.Options<CnnModel>();
        if (model.IsCustom && network is null)
            throw new InvalidDataException($"'{stored.Path}' has a network of its own making. Load it with the factory it was trained with: ml.Vision.Load(path, network: ...).");
        if (model.IsCustom)
            model = model with { Options = model.Options with { Network = network } };
        // The validation set, which patience needs, is not stored.
        var problems = (model.Options with { Patience = null }).Problems().Concat(model.Input.Problems()).ToList();
        if (stored.Description.ClassNames.Count < 2)
            problems.Add($"there must be at least 2 classes; there are {stored.Description.ClassNames.Count}");
        if (problems.Count > 0)
            throw new InvalidDataException($"'{stored.Path}' has options that cannot be used: {string.Join("; ", problems)}. {ModelJson.WrittenBy(stored.Description.Versions)}");
        var device = stored.Resolve(target);
        var classes = stored.Description.ClassNames;
        PixelNormalizer? normalizer = null;
        nn.Module<Tensor, Tensor>? created = null;
        try
        {
            if (model.IsCustom)
                stored.LoadInto(created = model.CreateNetwork(classes.Count, device));
            else
                created = stored.Restore(() => model.CreateNetwork(classes.Count, device));
            normalizer = PixelNormalizer.Load(model.Normalization, model.Input, stored.Weights, stored.Path, device);
            return new CnnTransformer(created, normalizer, model, classes, stored.Description.History, device);
        }
        catch
        {
            created?.Dispose();
            normalizer?.Dispose();
            throw;
        }
    }
}
