using Fovea.Data;
using Fovea.Generation.Networks;

namespace Fovea;

/// <summary>Options of <see cref="GanTrainer"/>: which networks play against each other, and how.</summary>
/// <remarks>
/// <see cref="TrainingOptions.LearningRate"/>, the schedule and the optimizer are both networks'; <see cref="TrainingOptions.AverageWeights"/>
/// gives the model averaged weights, which generate better than the last ones. There is no validation: no loss on other images says
/// how good a generator is (see <see cref="VisionCatalog.EvaluateGeneration"/>).
/// </remarks>
public sealed record GanOptions : TrainingOptions
{
    /// <summary>Options as the DCGAN paper has them: Adam with β₁ = 0.5 and a rate of 0.0002, batches of 128.</summary>
    public GanOptions()
    {
        LearningRate = 2e-4;
        BatchSize = 128;
    }

    /// <summary>The networks. Default <see cref="GanArchitecture.Dcgan"/>.</summary>
    public GanArchitecture Architecture { get; init; } = GanArchitecture.Dcgan;

    /// <summary>Maps of the widest layer, 1 to 512; each halving of height and width doubles them. Dense layers have 4 to 16 times as many numbers. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>What is minimised. Default <see cref="GanLoss.NonSaturating"/>.</summary>
    public GanLoss Loss { get; init; } = GanLoss.NonSaturating;

    /// <summary>λ of the gradient penalty, at least 0; with <see cref="GanLoss.Wasserstein"/> only. Default 10, the paper's.</summary>
    public double GradientPenalty { get; init; } = 10;

    /// <summary>Both networks are given the class; then images of a class can be asked for. Default false.</summary>
    public bool Conditional { get; init; }

    /// <summary>Numbers of a latent vector, 1 to 4096. Default 100.</summary>
    public int LatentSize { get; init; } = 100;

    /// <summary>What latent vectors are drawn from. Default <see cref="LatentPrior.Normal"/>.</summary>
    public LatentPrior Prior { get; init; } = LatentPrior.Normal;

    /// <summary>Steps of the discriminator for each of the generator, 1 to 100. Default 1; 5 is usual with <see cref="GanLoss.Wasserstein"/>.</summary>
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>The discriminator's learning rate where it shall differ from the generator's, above 0 (Heusel et al., 2017, https://arxiv.org/abs/1706.08500). Null, the default: the same.</summary>
    public double? DiscriminatorLearningRate { get; init; }

    /// <summary>β₁ of Adam and AdamW, in [0, 1): the GAN's 0.5 instead of the usual 0.9, which oscillates. 0 is usual with <see cref="GanLoss.Wasserstein"/>. Default 0.5.</summary>
    public double AdamBeta1 { get; init; } = 0.5;

    /// <summary>
    /// The target of real images is 1 minus this, in [0, 0.5); that of generated ones stays 0 (one-sided; Salimans et al., 2016,
    /// https://arxiv.org/abs/1606.03498). For losses with targets. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Divides the discriminator's weights by their largest singular value (Miyato et al., 2018, https://arxiv.org/abs/1802.05957); it then has no batch norm. Default false.</summary>
    public bool SpectralNorm { get; init; }

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Column of classes, key or text; read where <see cref="Conditional"/> is set. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>Input of the trained model: latent vectors, <see cref="LatentSize"/> float32. Default <c>Latent</c>.</summary>
    public string LatentColumn { get; init; } = "Latent";

    /// <summary>Output: an MLImage made of the latent vector. Default <c>GeneratedImage</c>.</summary>
    public string GeneratedImageColumn { get; init; } = "GeneratedImage";

    /// <summary>
    /// Output: what the discriminator says of the image, float32; in (0, 1), 1 for real, with <see cref="GanLoss.NonSaturating"/> and
    /// <see cref="GanLoss.Minimax"/>, else an unbounded score. Default <c>RealismScore</c>.
    /// </summary>
    public string RealismScoreColumn { get; init; } = "RealismScore";

    /// <summary>Height of the images in pixels. Default 32.</summary>
    public int ImageHeight { get; init; } = 32;

    /// <summary>Width of the images in pixels. Default 32.</summary>
    public int ImageWidth { get; init; } = 32;

    /// <summary>Channels of the images. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>What happens to images of another size. Default <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Random changes of the training images; what they add, the generator learns. Default none.</summary>
    public Augmentation Augmentation { get; init; } = new();

    /// <summary>An existing folder for a grid of samples after each epoch, <c>epoch-001.png</c> and so on, always of the same latent vectors. Null, the default: none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? SampleFolder { get; init; }

    /// <summary>The discriminator has batch norm.</summary>
    internal bool DiscriminatorBatchNorm => !SpectralNorm && Loss != GanLoss.Wasserstein;

    /// <summary>The discriminator's output is the logit of a probability.</summary>
    internal bool HasProbability => Loss is GanLoss.NonSaturating or GanLoss.Minimax;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (ValidationFraction > 0 || ValidationSet is not null)
            yield return $"{nameof(ValidationFraction)} and {nameof(ValidationSet)} must be left out: a GAN has no validation loss. ml.Vision.EvaluateGeneration measures what it generates";
        if (BatchSize < 2)
            yield return $"{nameof(BatchSize)} must be at least 2, since batch norm has nothing to compare a single image with; it is {BatchSize}";
        if (!Enum.IsDefined(Architecture))
            yield return $"{nameof(Architecture)} must be one of {string.Join(", ", Enum.GetNames<GanArchitecture>())}; it is {Architecture}";
        else
        {
            var network = GanNetworkAttribute.Of(Architecture);
            foreach (var (name, size) in new[] { (nameof(ImageHeight), ImageHeight), (nameof(ImageWidth), ImageWidth) })
                if (size < network.SmallestSide || size > network.LargestSide)
                    yield return $"{name} must be {network.SmallestSide} to {network.LargestSide} for {Architecture}; it is {size}";
        }
        if (!Enum.IsDefined(Loss))
            yield return $"{nameof(Loss)} must be one of {string.Join(", ", Enum.GetNames<GanLoss>())}; it is {Loss}";
        if (!Enum.IsDefined(Prior))
            yield return $"{nameof(Prior)} must be one of {string.Join(", ", Enum.GetNames<LatentPrior>())}; it is {Prior}";
        foreach (var (name, value, most) in new[] { (nameof(Width), Width, 512), (nameof(LatentSize), LatentSize, 4096), (nameof(DiscriminatorSteps), DiscriminatorSteps, 100) })
            if (value < 1 || value > most)
                yield return $"{name} must be 1 to {most}; it is {value}";
        if (!(GradientPenalty >= 0) || !double.IsFinite(GradientPenalty))
            yield return $"{nameof(GradientPenalty)} must be at least 0 and finite; it is {GradientPenalty}";
        if (DiscriminatorLearningRate is { } rate && (!(rate > 0) || !double.IsFinite(rate)))
            yield return $"{nameof(DiscriminatorLearningRate)} must be above 0 and finite, or null for the generator's; it is {rate}";
        if (!(AdamBeta1 is >= 0 and < 1))
            yield return $"{nameof(AdamBeta1)} must be in [0, 1); it is {AdamBeta1}";
        if (!(LabelSmoothing is >= 0 and < 0.5))
            yield return $"{nameof(LabelSmoothing)} must be in [0, 0.5); it is {LabelSmoothing}";
        else if (LabelSmoothing > 0 && Loss is GanLoss.Hinge or GanLoss.Wasserstein)
            yield return $"{nameof(LabelSmoothing)} needs a loss with targets; {Loss} has none";
        foreach (var (name, column) in new[] { (nameof(ImageColumn), ImageColumn), (nameof(LabelColumn), LabelColumn), (nameof(LatentColumn), LatentColumn), (nameof(GeneratedImageColumn), GeneratedImageColumn), (nameof(RealismScoreColumn), RealismScoreColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var twice in new[] { ImageColumn, LabelColumn, LatentColumn, GeneratedImageColumn, RealismScoreColumn }.GroupBy(c => c).Where(g => g.Count() > 1))
            yield return $"the columns must differ; {twice.Count()} are '{twice.Key}'";
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
        if (Augmentation is null)
            yield return $"{nameof(Augmentation)} must not be null; leave it out for none";
        else if (Augmentation.MixingProblem("a GAN") is { } mixing)
            yield return mixing;
        else if (SizeProblem() is { } size)
            yield return size;
        if (SampleFolder is not null && !Directory.Exists(SampleFolder))
            yield return $"{nameof(SampleFolder)} must be an existing folder, or null for no samples; it is '{SampleFolder}'";
    }

    private string? SizeProblem()
    {
        if (Augmentation.Steps.Length == 0)
            return null;
        try
        {
            var (height, width) = Augmentation.SizeAfter(ImageHeight, ImageWidth);
            return (height, width) == (ImageHeight, ImageWidth) ? null
                : $"{nameof(Augmentation)} must keep the size of {ImageHeight} x {ImageWidth}; it makes {height} x {width} of it";
        }
        catch (ArgumentException e)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
