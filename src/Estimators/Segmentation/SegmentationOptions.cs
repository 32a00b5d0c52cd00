using Fovea.Data;
using Fovea.Segmentation.Networks;

namespace Fovea;

/// <summary>Options of <see cref="SegmentationTrainer"/>: which network learns which columns, and how.</summary>
public sealed record SegmentationOptions : TrainingOptions
{
    /// <summary>The network. Default <see cref="SegmentationArchitecture.UNet"/>.</summary>
    public SegmentationArchitecture Architecture { get; init; } = SegmentationArchitecture.UNet;

    /// <summary>The shape of a U-Net. Default the paper's.</summary>
    public UNetOptions UNet { get; init; } = new();

    /// <summary>Trains a second head beside the first, where the architecture has one, with 0.4 of the loss. Default false.</summary>
    public bool Auxiliary { get; init; }

    /// <summary>What is minimised. Default <see cref="PixelCrossEntropy"/>.</summary>
    public SegmentationLoss Loss { get; init; } = new PixelCrossEntropy();

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Column of index masks: the path of a PNG (text), its bytes, or MLImage; its annotations name the classes. Default <c>Mask</c>.</summary>
    public string MaskColumn { get; init; } = "Mask";

    /// <summary>Output: the likeliest class of each pixel, an MLImage of the image's own size whose grey value is the class index. Default <c>PredictedMask</c>.</summary>
    public string PredictedMaskColumn { get; init; } = "PredictedMask";

    /// <summary>Output on request: the predicted mask as the bytes of an index PNG in the classes' colors. Null, the default: none.</summary>
    public string? MaskBytesColumn { get; init; }

    /// <summary>
    /// Output on request: probabilities of the classes, a vector of K·H·W float32 in the order class, row, column, of the image's own
    /// size; 4 bytes a class and pixel. Null, the default: none.
    /// </summary>
    public string? ProbabilityColumn { get; init; }

    /// <summary>Height in pixels to which images are resized. Null, the default, with <see cref="ImageWidth"/>: they keep their own, see <see cref="SegmentationTrainer.Fit"/>.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Width in pixels to which images are resized. Null, the default, with <see cref="ImageHeight"/>: they keep their own.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Channels of the network's input. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>What happens to images of another size where one is given. <see cref="ResizeMode.Crop"/> predicts no pixel that it cut off. Default <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>
    /// Images with a longer side are predicted in tiles of this side, in pixels, 64 to 8192, so that memory stays bounded whatever
    /// their size. Default 512.
    /// </summary>
    public int TileSize { get; init; } = 512;

    /// <summary>Pixels that neighboring tiles share, 0 to below half the tile; in the middle of them one runs into the other. Default 96.</summary>
    public int TileOverlap { get; init; } = 96;

    /// <summary>Views of each image that prediction combines, pixel by pixel; crops are not among them. Default <see cref="TestTimeAugmentation.None"/>.</summary>
    public TestTimeAugmentation TestTime { get; init; } = TestTimeAugmentation.None;

    /// <summary>
    /// Weights to begin with instead of random ones: those of a model saved as <c>.fovea</c>, or a state dict of the same
    /// architecture, <c>.safetensors</c> or PyTorch's <c>.pth</c>, with torchvision's keys. Layers for another number of classes begin anew. With a state dict RGB images
    /// are normalized as ImageNet's. Default none.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>How pixels become the numbers that the network sees. Default <see cref="Fovea.Normalization.Auto"/>.</summary>
    public Normalization Normalization { get; init; } = Normalization.Auto;

    /// <summary>Random changes of the training images and their masks. Default none.</summary>
    public Augmentation Augmentation { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (!Enum.IsDefined(Architecture))
            yield return $"{nameof(Architecture)} must be one of {string.Join(", ", Enum.GetNames<SegmentationArchitecture>())}; it is {Architecture}";
        else if (Auxiliary && !SegmentationNetworkAttribute.Of(Architecture).HasAuxiliary)
            yield return $"{nameof(Auxiliary)} needs an architecture with a second head; {Architecture} has none";
        if (UNet is null)
            yield return $"{nameof(UNet)} must not be null; leave it out for the paper's";
        foreach (var problem in UNet?.Problems() ?? [])
            yield return $"{nameof(UNet)}.{problem}";
        if (Loss is null)
            yield return $"{nameof(Loss)} must not be null; leave it out for cross-entropy";
        foreach (var problem in Loss?.Problems() ?? [])
            yield return problem;
        foreach (var (name, column) in new[] { (nameof(ImageColumn), ImageColumn), (nameof(MaskColumn), MaskColumn), (nameof(PredictedMaskColumn), PredictedMaskColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        foreach (var (name, column) in new[] { (nameof(MaskBytesColumn), MaskBytesColumn), (nameof(ProbabilityColumn), ProbabilityColumn) })
            if (column is not null && string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column, or be null for none; it is '{column}'";
        var outputs = new[] { PredictedMaskColumn, MaskBytesColumn, ProbabilityColumn }.Where(c => c is not null).ToList();
        foreach (var twice in outputs.GroupBy(c => c).Where(g => g.Count() > 1))
            yield return $"the output columns must differ; {twice.Count()} are '{twice.Key}'";
        // An output that hides the truth makes every evaluation compare the prediction with itself.
        if (outputs.Contains(MaskColumn))
            yield return $"the output columns must differ from {nameof(MaskColumn)}; one is '{MaskColumn}'";
        if (ImageHeight is null != ImageWidth is null)
            yield return $"{nameof(ImageHeight)} and {nameof(ImageWidth)} must be given together, or neither; they are {ImageHeight?.ToString() ?? "null"} and {ImageWidth?.ToString() ?? "null"}";
        foreach (var (name, size) in new[] { (nameof(ImageHeight), ImageHeight), (nameof(ImageWidth), ImageWidth) })
            if (size is < 1 or > ImageInput.LargestSide)
                yield return $"{name} must be 1 to {ImageInput.LargestSide}; it is {size}";
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
        if (TileSize is < 64 or > 8192)
            yield return $"{nameof(TileSize)} must be 64 to 8192; it is {TileSize}";
        else if (TileOverlap < 0 || TileOverlap * 2 >= TileSize)
            yield return $"{nameof(TileOverlap)} must be 0 to below half of {nameof(TileSize)}, {TileSize}; it is {TileOverlap}";
        if (TestTime is null)
            yield return $"{nameof(TestTime)} must not be null; leave it out for none";
        else
            foreach (var problem in ViewProblems(TestTime))
                yield return problem;
        if (Augmentation is null)
            yield return $"{nameof(Augmentation)} must not be null; leave it out for none";
        else if (Augmentation.MixingProblem("segmentation") is { } mixing)
            yield return mixing;
        if (Normalization is null)
            yield return $"{nameof(Normalization)} must not be null; leave it out for {nameof(Normalization.Auto)}";
        else if (Normalization.IsOfOneSize)
            yield return $"{nameof(Normalization)} must hold for images of any size; it is {Normalization}";
    }

    /// <summary>What is wrong with views for predicting masks. A tile is the largest piece that they are made of.</summary>
    internal IEnumerable<string> ViewProblems(TestTimeAugmentation views) => views.CropRatio > 1
        ? [$"{nameof(TestTime)}.{nameof(views.CropRatio)} must be 1, since masks are predicted at the image's own size; it is {views.CropRatio}"]
        : views.Problems(TileSize, TileSize);
}
