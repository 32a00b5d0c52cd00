using Fovea.Data;
using Fovea.Detection.Networks;

namespace Fovea;

/// <summary>Options of <see cref="DetectionTrainer"/>: which network learns which columns, and how.</summary>
public sealed record DetectionOptions : TrainingOptions
{
    /// <summary>The network. Default <see cref="DetectionArchitecture.Yolo"/>.</summary>
    public DetectionArchitecture Architecture { get; init; } = DetectionArchitecture.Yolo;

    /// <summary>Shape and loss of a YOLO. Default: small, with task-aligned assignment.</summary>
    public YoloOptions Yolo { get; init; } = new();

    /// <summary>Shape of a Faster R-CNN. Default torchvision's; <see cref="FasterRcnnOptions.Small"/> trains from scratch on a CPU.</summary>
    public FasterRcnnOptions FasterRcnn { get; init; } = new();

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>
    /// Column of boxes: a vector of Single, x0 y0 x1 y1 of each object in pixels of the upright image, half-open. Boxes without area are
    /// left out, and the log says how many. Default <c>BoundingBoxes</c>.
    /// </summary>
    public string BoundingBoxColumn { get; init; } = "BoundingBoxes";

    /// <summary>Column of labels: a vector of key or text, one for each object. Default <c>Labels</c>.</summary>
    public string LabelColumn { get; init; } = "Labels";

    /// <summary>Output: classes of the objects found, a vector of key. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumn { get; init; } = "PredictedLabel";

    /// <summary>Output: scores of the objects found, a vector of Single in [0, 1], descending. Default <c>Score</c>.</summary>
    public string ScoreColumn { get; init; } = "Score";

    /// <summary>Output: boxes of the objects found, a vector of Single, x0 y0 x1 y1 of each in pixels of the upright original. Default <c>PredictedBoundingBoxes</c>.</summary>
    public string PredictedBoundingBoxColumn { get; init; } = "PredictedBoundingBoxes";

    /// <summary>Height of the network's input in pixels, a multiple of 32, at least 64. Default 320.</summary>
    public int ImageHeight { get; init; } = 320;

    /// <summary>Width of the network's input in pixels, a multiple of 32, at least 64. Default 320.</summary>
    public int ImageWidth { get; init; } = 320;

    /// <summary>Channels of the network's input. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>What happens to images of another size. <see cref="ResizeMode.Crop"/> finds nothing in what it cut off. Default <see cref="ResizeMode.Letterbox"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Letterbox;

    /// <summary>
    /// Objects of a score above it are told, 0 to 1. Average precision is measured over all scores, so it is low; to show or count
    /// objects take one from the precision-recall curve, see <see cref="DetectionTransformer.With"/>. Default 0.05.
    /// </summary>
    public double ScoreThreshold { get; init; } = 0.05;

    /// <summary>Of two boxes of a class whose IoU is above it the one of the higher score is kept, 0 to 1. Default 0.5; for densely packed objects 0.6 to 0.7.</summary>
    public double IouThreshold { get; init; } = 0.5;

    /// <summary>Objects of an image that are told at most, those of the highest scores, 1 to 10,000. Default 300.</summary>
    public int MaxDetections { get; init; } = 300;

    /// <summary>
    /// Weights to begin with instead of random ones: those of a model saved as <c>.fovea</c>, or a state dict of the same
    /// architecture, <c>.safetensors</c> or PyTorch's <c>.pth</c>. Layers for another number of classes begin anew. With a state dict RGB images
    /// are normalized as ImageNet's. Default none.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>How pixels become the numbers that the network sees. Default <see cref="Fovea.Normalization.Auto"/>.</summary>
    public Normalization Normalization { get; init; } = Normalization.Auto;

    /// <summary>Random changes of the training images and their boxes. Default none; <see cref="Augmentation.ForDetection"/> suits photographs.</summary>
    public Augmentation Augmentation { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (!Enum.IsDefined(Architecture))
            yield return $"{nameof(Architecture)} must be one of {string.Join(", ", Enum.GetNames<DetectionArchitecture>())}; it is {Architecture}";
        if (Yolo is null)
            yield return $"{nameof(Yolo)} must not be null; leave it out for the defaults";
        foreach (var problem in Yolo?.Problems() ?? [])
            yield return $"{nameof(Yolo)}.{problem}";
        if (FasterRcnn is null)
            yield return $"{nameof(FasterRcnn)} must not be null; leave it out for the defaults";
        foreach (var problem in FasterRcnn?.Problems() ?? [])
            yield return $"{nameof(FasterRcnn)}.{problem}";
        if (FasterRcnn is { ProposalsColumn: { } proposals })
        {
            if (Architecture is not (DetectionArchitecture.FasterRcnnResNet18 or DetectionArchitecture.FasterRcnnResNet34 or DetectionArchitecture.FasterRcnnResNet50))
                yield return $"{nameof(FasterRcnn)}.{nameof(FasterRcnnOptions.ProposalsColumn)} is for a Faster R-CNN; {nameof(Architecture)} is {Architecture}";
            if (proposals == PredictedBoundingBoxColumn || proposals == ScoreColumn || proposals == PredictedLabelColumn || proposals == LabelColumn)
                yield return $"{nameof(FasterRcnn)}.{nameof(FasterRcnnOptions.ProposalsColumn)} must be another column than the labels and the outputs; it is '{proposals}'";
        }
        foreach (var problem in ColumnProblems())
            yield return problem;
        foreach (var (name, size) in new[] { (nameof(ImageHeight), ImageHeight), (nameof(ImageWidth), ImageWidth) })
            if (size is < 2 * DetectionNetwork.Stride or > ImageInput.LargestSide || size % DetectionNetwork.Stride != 0)
                yield return $"{name} must be a multiple of {DetectionNetwork.Stride}, {2 * DetectionNetwork.Stride} to {ImageInput.LargestSide}; it is {size}";
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
        foreach (var problem in ThresholdProblems())
            yield return problem;
        if (Augmentation is null)
            yield return $"{nameof(Augmentation)} must not be null; leave it out for none";
        else if (Augmentation.MixingProblem("detection") is { } mixing)
            yield return mixing;
        if (Normalization is null)
            yield return $"{nameof(Normalization)} must not be null; leave it out for {nameof(Normalization.Auto)}";
    }

    /// <summary>What is wrong with the thresholds of prediction.</summary>
    internal IEnumerable<string> ThresholdProblems()
    {
        foreach (var (name, threshold) in new[] { (nameof(ScoreThreshold), ScoreThreshold), (nameof(IouThreshold), IouThreshold) })
            if (!(threshold is >= 0 and <= 1))
                yield return $"{name} must be 0 to 1; it is {threshold}";
        if (MaxDetections is < 1 or > 10_000)
            yield return $"{nameof(MaxDetections)} must be 1 to 10,000; it is {MaxDetections}";
    }

    private IEnumerable<string> ColumnProblems()
    {
        var inputs = new[] { (nameof(ImageColumn), ImageColumn), (nameof(BoundingBoxColumn), BoundingBoxColumn), (nameof(LabelColumn), LabelColumn) };
        var outputs = new[] { (nameof(PredictedLabelColumn), PredictedLabelColumn), (nameof(ScoreColumn), ScoreColumn), (nameof(PredictedBoundingBoxColumn), PredictedBoundingBoxColumn) };
        foreach (var (name, column) in inputs.Concat(outputs))
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var twice in outputs.GroupBy(o => o.Item2).Where(g => g.Count() > 1))
            yield return $"the output columns must differ; {twice.Count()} are '{twice.Key}'";
        // An output that hides the truth makes every evaluation compare the prediction with itself.
        foreach (var (name, column) in outputs)
            if (column == BoundingBoxColumn || column == LabelColumn)
                yield return $"{name} must be another column than the truth's; it is '{column}'";
    }
}
