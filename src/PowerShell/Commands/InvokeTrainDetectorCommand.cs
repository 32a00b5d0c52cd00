using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Trains a network to find objects: their boxes and classes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainDetector", SupportsShouldProcess = true)]
[OutputType(typeof(ImageModel), typeof(EpochRecord), typeof(Job))]
public sealed class InvokeTrainDetectorCommand : ValidatedTrainingCommand<DetectionOptions>
{
    /// <inheritdoc cref="DetectionOptions.Architecture"/>
    [Parameter]
    public DetectionArchitecture? Architecture { get; set; }

    /// <inheritdoc cref="YoloOptions.Width"/>
    [Parameter]
    public int? YoloWidth { get; set; }

    /// <inheritdoc cref="YoloOptions.Depth"/>
    [Parameter]
    public int? YoloDepth { get; set; }

    /// <inheritdoc cref="YoloOptions.Loss"/>
    [Parameter]
    public YoloLoss? YoloLoss { get; set; }

    /// <inheritdoc cref="YoloOptions.BoxLoss"/>
    [Parameter]
    public BoxSimilarity? YoloBoxLoss { get; set; }

    /// <inheritdoc cref="DetectionOptions.FasterRcnn"/>
    [Parameter]
    [FactoryText(typeof(FasterRcnnOptions))]
    [ArgumentCompleter(typeof(FactoryCompleter<FasterRcnnOptions>))]
    public FasterRcnnOptions? FasterRcnn { get; set; }

    /// <inheritdoc cref="DetectionOptions.ImageHeight"/>
    [Parameter]
    public int? ImageHeight { get; set; }

    /// <inheritdoc cref="DetectionOptions.ImageWidth"/>
    [Parameter]
    public int? ImageWidth { get; set; }

    /// <inheritdoc cref="DetectionOptions.Channels"/>
    [Parameter]
    public ImageChannels? Channels { get; set; }

    /// <inheritdoc cref="DetectionOptions.Resize"/>
    [Parameter]
    public ResizeMode? Resize { get; set; }

    /// <inheritdoc cref="DetectionOptions.ScoreThreshold"/>
    [Parameter]
    public double? ScoreThreshold { get; set; }

    /// <inheritdoc cref="DetectionOptions.IouThreshold"/>
    [Parameter]
    public double? IouThreshold { get; set; }

    /// <inheritdoc cref="DetectionOptions.MaxDetections"/>
    [Parameter]
    public int? MaxDetections { get; set; }

    /// <inheritdoc cref="DetectionOptions.InitialWeights"/>
    [Parameter]
    [SessionPath]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? InitialWeights { get; set; }

    /// <inheritdoc cref="DetectionOptions.Normalization"/>
    [Parameter]
    [FactoryText(typeof(Normalization))]
    [ArgumentCompleter(typeof(FactoryCompleter<Normalization>))]
    public Normalization? Normalization { get; set; }

    private protected override DetectionOptions Complete(DetectionOptions options, ImageDataset dataset) => options with { Augmentation = dataset.Augmentation };

    private protected override string NetworkOf(DetectionOptions options) => options.Architecture.ToString();

    private protected override IEstimator<ITransformer> Trainer(VisionCatalog vision, DetectionOptions options) => vision.Detection(options);
}
