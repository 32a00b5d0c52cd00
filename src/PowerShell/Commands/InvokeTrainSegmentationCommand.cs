using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Trains a network to tell the class of every pixel.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainSegmentation", SupportsShouldProcess = true)]
[OutputType(typeof(ImageModel), typeof(EpochRecord), typeof(Job))]
public sealed class InvokeTrainSegmentationCommand : ValidatedTrainingCommand<SegmentationOptions>
{
    /// <inheritdoc cref="SegmentationOptions.Architecture"/>
    [Parameter]
    public SegmentationArchitecture? Architecture { get; set; }

    /// <inheritdoc cref="UNetOptions.Depth"/>
    [Parameter]
    public int? UNetDepth { get; set; }

    /// <inheritdoc cref="UNetOptions.Width"/>
    [Parameter]
    public int? UNetWidth { get; set; }

    /// <inheritdoc cref="UNetOptions.PatchSize"/>
    [Parameter]
    public int? UNetPatchSize { get; set; }

    /// <inheritdoc cref="UNetOptions.Upsampling"/>
    [Parameter]
    public UNetUpsampling? UNetUpsampling { get; set; }

    /// <inheritdoc cref="UNetOptions.BatchNorm"/>
    [Parameter]
    public bool? UNetBatchNorm { get; set; }

    /// <inheritdoc cref="SegmentationOptions.Auxiliary"/>
    [Parameter]
    public SwitchParameter Auxiliary { get; set; }

    /// <inheritdoc cref="SegmentationOptions.Loss"/>
    [Parameter]
    [FactoryText(typeof(SegmentationLoss))]
    [ArgumentCompleter(typeof(FactoryCompleter<SegmentationLoss>))]
    public SegmentationLoss? Loss { get; set; }

    /// <inheritdoc cref="SegmentationOptions.ImageHeight"/>
    [Parameter]
    public int? ImageHeight { get; set; }

    /// <inheritdoc cref="SegmentationOptions.ImageWidth"/>
    [Parameter]
    public int? ImageWidth { get; set; }

    /// <inheritdoc cref="SegmentationOptions.Channels"/>
    [Parameter]
    public ImageChannels? Channels { get; set; }

    /// <inheritdoc cref="SegmentationOptions.Resize"/>
    [Parameter]
    public ResizeMode? Resize { get; set; }

    /// <inheritdoc cref="SegmentationOptions.TileSize"/>
    [Parameter]
    public int? TileSize { get; set; }

    /// <inheritdoc cref="SegmentationOptions.TileOverlap"/>
    [Parameter]
    public int? TileOverlap { get; set; }

    /// <inheritdoc cref="SegmentationOptions.TestTime"/>
    [Parameter]
    [FactoryText(typeof(TestTimeAugmentation))]
    [ArgumentCompleter(typeof(FactoryCompleter<TestTimeAugmentation>))]
    public TestTimeAugmentation? TestTime { get; set; }

    /// <inheritdoc cref="SegmentationOptions.InitialWeights"/>
    [Parameter]
    [SessionPath]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? InitialWeights { get; set; }

    /// <inheritdoc cref="SegmentationOptions.Normalization"/>
    [Parameter]
    [FactoryText(typeof(Normalization))]
    [ArgumentCompleter(typeof(FactoryCompleter<Normalization>))]
    public Normalization? Normalization { get; set; }

    private protected override SegmentationOptions Complete(SegmentationOptions options, ImageDataset dataset) => options with { Augmentation = dataset.Augmentation };

    private protected override string NetworkOf(SegmentationOptions options) => options.Architecture.ToString();

    private protected override IEstimator<ITransformer> Trainer(VisionCatalog vision, SegmentationOptions options) => vision.Segmentation(options);
}
