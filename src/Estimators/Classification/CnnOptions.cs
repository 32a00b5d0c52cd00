using System.Text.Json.Serialization;
using Fovea.Backbones;
using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Options of <see cref="CnnTrainer"/>: which network learns which columns, and how.</summary>
public sealed record CnnOptions : TrainingOptions
{
    /// <summary>The network. Default <see cref="CnnArchitecture.ResNet18"/>.</summary>
    public CnnArchitecture Architecture { get; init; } = CnnArchitecture.ResNet18;

    /// <summary>
    /// A network of your own instead: (N, C, H, W) float32 to logits (N, K) float32. It is called once a training run, after
    /// the seed is set. A model with such a network is loaded with the same factory. Default none.
    /// </summary>
    [JsonIgnore]
    public Func<NetworkInput, nn.Module<Tensor, Tensor>>? Network { get; init; }

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Column of classes: key or text. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>Output: the likeliest class, of the label's type. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumn { get; init; } = "PredictedLabel";

    /// <summary>Output: probabilities of the classes, (K,) float32, adding up to 1; the class names are its <c>SlotNames</c>. Default <c>Score</c>.</summary>
    public string ScoreColumn { get; init; } = "Score";

    /// <summary>Height in pixels to which images are resized, at least the architecture's smallest. Null, the default: the size the architecture was designed for.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Width in pixels to which images are resized. Null, the default: the size the architecture was designed for.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Channels of the network's input. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>What happens to images of another size. Default <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Probability in [0, 1) of dropping an activation before a fully connected layer, in networks that have such a place. Default 0.5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Share in [0, 1) of the target taken from the true class and spread over all classes (Szegedy et al., 2016, https://arxiv.org/abs/1512.00567). Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Weights to begin with instead of random ones: those of a model saved as <c>.fovea</c>, or a state dict of the same
    /// architecture, <c>.safetensors</c> or PyTorch's <c>.pth</c>, with torchvision's keys. A last layer for another number of classes begins anew. With a state dict
    /// <see cref="Normalization.Auto"/> normalizes RGB images as ImageNet's, which torchvision's weights expect. Default none.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>How pixels become the network's numbers. Default <see cref="Normalization.Auto"/>: by mean and standard deviation of the training set, or ImageNet's.</summary>
    public Normalization Normalization { get; init; } = Normalization.Auto;

    /// <summary>
    /// Views of each image that the trained model combines when it predicts, by <c>Transform</c> and prediction engines alike; saved with it.
    /// Of a trained or loaded model <see cref="CnnTransformer.With"/> changes them. Default none but the image.
    /// </summary>
    public TestTimeAugmentation TestTime { get; init; } = TestTimeAugmentation.None;

    /// <summary>Random changes of the training images. Default none.</summary>
    public Augmentation Augmentation { get; init; } = new();

    internal int Height => ImageHeight ?? DefaultSize;

    internal int Width => ImageWidth ?? DefaultSize;

    private int DefaultSize => Network is null ? NetworkAttribute.Of(Architecture).DefaultSize : 224;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (!Enum.IsDefined(Architecture))
            yield return $"{nameof(Architecture)} must be one of {string.Join(", ", Enum.GetNames<CnnArchitecture>())}; it is {Architecture}";
        else
        {
            var (name, smallest) = Network is null ? (Architecture.ToString(), NetworkAttribute.Of(Architecture).MinimumSize) : ("a network of your own", 1);
            if (Height < smallest || Height > ImageInput.LargestSide)
                yield return $"{nameof(ImageHeight)} must be {smallest} to {ImageInput.LargestSide} for {name}; it is {Height}";
            if (Width < smallest || Width > ImageInput.LargestSide)
                yield return $"{nameof(ImageWidth)} must be {smallest} to {ImageInput.LargestSide} for {name}; it is {Width}";
        }
        foreach (var (name, column) in new[] { (nameof(ImageColumn), ImageColumn), (nameof(LabelColumn), LabelColumn), (nameof(PredictedLabelColumn), PredictedLabelColumn), (nameof(ScoreColumn), ScoreColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (PredictedLabelColumn == ScoreColumn)
            yield return $"{nameof(PredictedLabelColumn)} and {nameof(ScoreColumn)} must be two columns; both are '{ScoreColumn}'";
        // An output that hides the label makes every evaluation compare the prediction with itself.
        foreach (var (name, column) in new[] { (nameof(PredictedLabelColumn), PredictedLabelColumn), (nameof(ScoreColumn), ScoreColumn) })
            if (column == LabelColumn)
                yield return $"{name} must be another column than {nameof(LabelColumn)}; both are '{LabelColumn}'";
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
        if (!(Dropout is >= 0 and < 1))
            yield return $"{nameof(Dropout)} must be in [0, 1); it is {Dropout}";
        if (!(LabelSmoothing is >= 0 and < 1))
            yield return $"{nameof(LabelSmoothing)} must be in [0, 1); it is {LabelSmoothing}";
        if (Augmentation is null)
            yield return $"{nameof(Augmentation)} must not be null; leave it out for none";
        if (TestTime is null)
            yield return $"{nameof(TestTime)} must not be null; leave it out for none";
        else if (Enum.IsDefined(Architecture))
            foreach (var problem in TestTime.Problems(Height, Width))
                yield return problem;
        if (Normalization is null)
            yield return $"{nameof(Normalization)} must not be null; leave it out for the default";
        else if (Enum.IsDefined(Architecture))
        {
            foreach (var problem in Normalization.Problems((int)Channels, Height, Width))
                yield return problem;
            if (Normalization.IsOfOneSize && Augmentation is not null && SizeProblem() is { } other)
                yield return other;
        }
    }
    private string? SizeProblem()
    {
        try
        {
            var (height, width) = Augmentation.SizeAfter(Height, Width);
            return (height, width) == (Height, Width) ? null
                : $"{nameof(Normalization)} by a {Normalization} needs samples of {Height} x {Width}; the augmentation makes them {height} x {width}. Leave that step out, or normalize per channel";
        }
        catch (ArgumentException e)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
