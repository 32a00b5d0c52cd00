using System.Text.Json.Serialization;
using Fovea.Data;

namespace Fovea;

/// <summary>Options of <see cref="AutoencoderTrainer"/>: which network learns which column, and how. Networks see pixels in [0, 1].</summary>
public sealed record AutoencoderOptions : TrainingOptions
{
    /// <summary>What is learned. Default <see cref="AutoencoderKind.Compression"/>.</summary>
    public AutoencoderKind Kind { get; init; } = AutoencoderKind.Compression;

    /// <summary>The network. Default <see cref="AutoencoderArchitecture.Convolutional"/>.</summary>
    public AutoencoderArchitecture Architecture { get; init; } = AutoencoderArchitecture.Convolutional;

    /// <summary>Z, the numbers of a code, 1 to 65,536. Default 32.</summary>
    public int LatentSize { get; init; } = 32;

    /// <summary>
    /// Units of the fully connected layers between the image, or the last maps of the convolutions, and the code; the decoder has them in
    /// reverse order. Each 1 to 65,536; at most 16; none connects the two directly. Default one of 400.
    /// </summary>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [400];

    /// <summary>The shape of a convolutional network.</summary>
    public ConvolutionalAutoencoderOptions Convolutional { get; init; } = new();

    /// <summary>How the input of a <see cref="AutoencoderKind.Denoising"/> autoencoder is corrupted; the others leave it alone. Default Gaussian noise of deviation 0.2.</summary>
    public InputNoise Noise { get; init; } = InputNoise.Gaussian(0.2);

    /// <summary>What is maximised: how likely the image is given its code. Default <see cref="PixelLikelihood.Auto"/>.</summary>
    public PixelLikelihood Likelihood { get; init; } = PixelLikelihood.Auto;

    /// <summary>σ of the <see cref="PixelLikelihood.Gaussian"/> likelihood, of pixels in [0, 1]; above 0. For the variational kind it weighs sharpness against the divergence. Default 0.1.</summary>
    public double GaussianDeviation { get; init; } = 0.1;

    /// <summary>β, the weight of the divergence in the loss of the variational kind (Higgins et al., 2017, https://openreview.net/forum?id=Sy2fzU9gl), at least 0. Default 1, the evidence lower bound.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Epochs over which β grows evenly from 0 (Bowman et al., 2016, https://arxiv.org/abs/1511.06349), at least 0. Default 0: none.</summary>
    public double BetaWarmUpEpochs { get; init; }

    /// <summary>
    /// Samples of the importance-weighted bound that prediction adds as a column (Burda, Grosse and Salakhutdinov, 2016,
    /// https://arxiv.org/abs/1509.00519), 0 to 100,000; each costs a pass of the decoder. Default 0: no such column.
    /// </summary>
    public int ImportanceSamples { get; init; }

    /// <summary>
    /// The quantile in (0, 1) of the training images' errors above which an image counts as an anomaly: 0.99 calls one in a hundred
    /// training images one. Costs one more pass over the training images. Null, the default: no threshold and no such column.
    /// </summary>
    public double? AnomalyQuantile { get; init; }

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Output: the code, (Z,) float32; of the variational kind the mean. Default <c>Latent</c>.</summary>
    public string LatentColumn { get; init; } = "Latent";

    /// <summary>Output: the image made of the code, an MLImage of the network's size. Default <c>Reconstruction</c>.</summary>
    public string ReconstructionColumn { get; init; } = "Reconstruction";

    /// <summary>Output: mean squared difference between image and reconstruction, pixels in [0, 1], float32. Default <c>ReconstructionError</c>.</summary>
    public string ReconstructionErrorColumn { get; init; } = "ReconstructionError";

    /// <summary>Output of the variational kind: μ of the code's distribution, (Z,) float32. Default <c>LatentMean</c>.</summary>
    public string LatentMeanColumn { get; init; } = "LatentMean";

    /// <summary>Output of the variational kind: σ² of the code's distribution, (Z,) float32. Default <c>LatentVariance</c>.</summary>
    public string LatentVarianceColumn { get; init; } = "LatentVariance";

    /// <summary>Output of the variational kind: −ln p(x|z) in nats with one z drawn from the code's distribution by a seed that follows from the image, float32. Default <c>NegativeLogLikelihood</c>.</summary>
    public string NegativeLogLikelihoodColumn { get; init; } = "NegativeLogLikelihood";

    /// <summary>Output of the variational kind: the divergence of the code's distribution from the standard normal, in nats, float32. Default <c>KLDivergence</c>.</summary>
    public string DivergenceColumn { get; init; } = "KLDivergence";

    /// <summary>Output of the variational kind with <see cref="ImportanceSamples"/>: the bound on −ln p(x) in nats, float32. Default <c>ImportanceWeightedBound</c>.</summary>
    public string ImportanceBoundColumn { get; init; } = "ImportanceWeightedBound";

    /// <summary>Output with <see cref="AnomalyQuantile"/>: the error is above the threshold, Boolean. Default <c>IsAnomaly</c>.</summary>
    public string IsAnomalyColumn { get; init; } = "IsAnomaly";

    /// <summary>Output of <see cref="AutoencoderTransformer.With(InputNoise?, int)"/>: the corrupted image that the network saw, an MLImage. Default <c>NoisyImage</c>.</summary>
    public string NoisyImageColumn { get; init; } = "NoisyImage";

    /// <summary>Height in pixels to which images are resized. Null, the default, with <see cref="ImageWidth"/>: that of the first training image.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Width in pixels to which images are resized. Null, the default, with <see cref="ImageHeight"/>: that of the first training image.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Channels of the network's input and of its reconstructions. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>What happens to images of another size. Default <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Weights to begin with instead of random ones: a state dict of the same architecture, <c>.safetensors</c> or PyTorch's <c>.pth</c>. Default none.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>Random changes of the training images, input and target alike; they must keep the size. Default none.</summary>
    public Augmentation Augmentation { get; init; } = new();

    [JsonIgnore]
    internal bool IsVariational => Kind == AutoencoderKind.Variational;

    /// <summary>Nothing left to choose.</summary>
    [JsonIgnore]
    internal PixelLikelihood ChosenLikelihood => Likelihood != PixelLikelihood.Auto ? Likelihood : IsVariational ? PixelLikelihood.Bernoulli : PixelLikelihood.Gaussian;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => base.Problems().Concat(NetworkProblems()).Concat(LossProblems()).Concat(ColumnProblems()).Concat(ImageProblems());

    /// <summary>What makes a size unfit for the network, as messages begin: "ImageHeight must be ...".</summary>
    internal IEnumerable<string> SizeProblems(int? height, int? width)
    {
        // Of a smaller image more than half would be padding.
        var least = Architecture == AutoencoderArchitecture.Convolutional && Convolutional is { Depth: >= 1 and <= 7 } ? Math.Max(1, Convolutional.Stride / 2) : 1;
        foreach (var (name, size) in new[] { (nameof(ImageHeight), height), (nameof(ImageWidth), width) })
            if (size < least || size > ImageInput.LargestSide)
                yield return $"{name} must be {least} to {ImageInput.LargestSide}{(least > 1 ? $" for {Convolutional.Depth} halvings" : "")}; it is {size}";
    }

    private IEnumerable<string> NetworkProblems()
    {
        if (!Enum.IsDefined(Kind))
            yield return $"{nameof(Kind)} must be one of {string.Join(", ", Enum.GetNames<AutoencoderKind>())}; it is {Kind}";
        if (!Enum.IsDefined(Architecture))
            yield return $"{nameof(Architecture)} must be one of {string.Join(", ", Enum.GetNames<AutoencoderArchitecture>())}; it is {Architecture}";
        if (LatentSize is < 1 or > 65536)
            yield return $"{nameof(LatentSize)} must be 1 to 65536; it is {LatentSize}";
        if (HiddenWidths is null || HiddenWidths.Count > 16 || HiddenWidths.Any(w => w is < 1 or > 65536))
            yield return $"{nameof(HiddenWidths)} must be at most 16 numbers from 1 to 65536; they are {(HiddenWidths is null ? "null" : $"[{string.Join(", ", HiddenWidths)}]")}";
        if (Convolutional is null)
            yield return $"{nameof(Convolutional)} must not be null; leave it out for the defaults";
        foreach (var problem in Convolutional?.Problems() ?? [])
            yield return $"{nameof(Convolutional)}.{problem}";
        if (Architecture == AutoencoderArchitecture.Convolutional && Convolutional is { BatchNorm: true } && BatchSize == 1)
            yield return $"{nameof(BatchSize)} must be at least 2 with batch norm, for which one image has no spread; it is 1. Or set {nameof(Convolutional)}.{nameof(Convolutional.BatchNorm)} to false";
    }

    private IEnumerable<string> LossProblems()
    {
        if (Noise is null)
            yield return $"{nameof(Noise)} must not be null; leave it out for the default";
        foreach (var problem in Noise?.Problems() ?? [])
            yield return $"{nameof(Noise)}: {problem}";
        if (!Enum.IsDefined(Likelihood))
            yield return $"{nameof(Likelihood)} must be one of {string.Join(", ", Enum.GetNames<PixelLikelihood>())}; it is {Likelihood}";
        if (!(GaussianDeviation > 0) || !double.IsFinite(GaussianDeviation))
            yield return $"{nameof(GaussianDeviation)} must be above 0 and finite; it is {GaussianDeviation}";
        if (!(Beta >= 0) || !double.IsFinite(Beta))
            yield return $"{nameof(Beta)} must be at least 0 and finite; it is {Beta}";
        if (!(BetaWarmUpEpochs >= 0) || !double.IsFinite(BetaWarmUpEpochs))
            yield return $"{nameof(BetaWarmUpEpochs)} must be at least 0 and finite; it is {BetaWarmUpEpochs}";
        if (ImportanceSamples is < 0 or > 100_000)
            yield return $"{nameof(ImportanceSamples)} must be 0 to 100000; it is {ImportanceSamples}";
        if (ImportanceSamples > 0 && !IsVariational)
            yield return $"{nameof(ImportanceSamples)} are of {nameof(AutoencoderKind.Variational)} autoencoders; {nameof(Kind)} is {Kind}";
        if (AnomalyQuantile is { } quantile && !(quantile is > 0 and < 1))
            yield return $"{nameof(AnomalyQuantile)} must be in (0, 1), or null for no threshold; it is {quantile}";
    }

    private IEnumerable<string> ColumnProblems()
    {
        (string Name, string Column)[] outputs =
        [
            (nameof(LatentColumn), LatentColumn), (nameof(ReconstructionColumn), ReconstructionColumn), (nameof(ReconstructionErrorColumn), ReconstructionErrorColumn),
            (nameof(LatentMeanColumn), LatentMeanColumn), (nameof(LatentVarianceColumn), LatentVarianceColumn), (nameof(NegativeLogLikelihoodColumn), NegativeLogLikelihoodColumn),
            (nameof(DivergenceColumn), DivergenceColumn), (nameof(ImportanceBoundColumn), ImportanceBoundColumn), (nameof(IsAnomalyColumn), IsAnomalyColumn), (nameof(NoisyImageColumn), NoisyImageColumn),
        ];
        foreach (var (name, column) in outputs.Prepend((nameof(ImageColumn), ImageColumn)))
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var twice in outputs.GroupBy(o => o.Column).Where(g => g.Key is not null && g.Count() > 1))
            yield return $"the output columns must differ; {string.Join(" and ", twice.Select(o => o.Name))} are '{twice.Key}'";
        // An output that hides the image makes every evaluation compare the reconstruction with itself.
        foreach (var (name, column) in outputs)
            if (column is not null && column == ImageColumn)
                yield return $"{name} must be another column than {nameof(ImageColumn)}; both are '{ImageColumn}'";
    }

    private IEnumerable<string> ImageProblems()
    {
        if (ImageHeight is null != ImageWidth is null)
            yield return $"{nameof(ImageHeight)} and {nameof(ImageWidth)} must be given together, or neither; they are {ImageHeight?.ToString() ?? "null"} and {ImageWidth?.ToString() ?? "null"}";
        foreach (var problem in SizeProblems(ImageHeight, ImageWidth))
            yield return problem;
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
        if (Augmentation is null)
            yield return $"{nameof(Augmentation)} must not be null; leave it out for none";
        else if (Augmentation.MixingProblem("an autoencoder") is { } mixing)
            yield return mixing;
    }
}
