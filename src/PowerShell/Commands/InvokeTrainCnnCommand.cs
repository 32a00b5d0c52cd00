using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Trains a convolutional network to tell classes of images apart.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainCnn", SupportsShouldProcess = true)]
[OutputType(typeof(ImageModel), typeof(EpochRecord), typeof(Job))]
public sealed class InvokeTrainCnnCommand : ValidatedTrainingCommand<CnnOptions>
{
    /// <inheritdoc cref="CnnOptions.Architecture"/>
    [Parameter]
    public CnnArchitecture? Architecture { get; set; }

    /// <inheritdoc cref="CnnOptions.ImageHeight"/>
    [Parameter]
    public int? ImageHeight { get; set; }

    /// <inheritdoc cref="CnnOptions.ImageWidth"/>
    [Parameter]
    public int? ImageWidth { get; set; }

    /// <inheritdoc cref="CnnOptions.Channels"/>
    [Parameter]
    public ImageChannels? Channels { get; set; }

    /// <inheritdoc cref="CnnOptions.Resize"/>
    [Parameter]
    public ResizeMode? Resize { get; set; }

    /// <inheritdoc cref="CnnOptions.Dropout"/>
    [Parameter]
    public double? Dropout { get; set; }

    /// <inheritdoc cref="CnnOptions.LabelSmoothing"/>
    [Parameter]
    public double? LabelSmoothing { get; set; }

    /// <inheritdoc cref="CnnOptions.InitialWeights"/>
    [Parameter]
    [SessionPath]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? InitialWeights { get; set; }

    /// <inheritdoc cref="CnnOptions.Normalization"/>
    [Parameter]
    [FactoryText(typeof(Normalization))]
    [ArgumentCompleter(typeof(FactoryCompleter<Normalization>))]
    public Normalization? Normalization { get; set; }

    /// <inheritdoc cref="CnnOptions.TestTime"/>
    [Parameter]
    [FactoryText(typeof(TestTimeAugmentation))]
    [ArgumentCompleter(typeof(FactoryCompleter<TestTimeAugmentation>))]
    public TestTimeAugmentation? TestTime { get; set; }

    private protected override CnnOptions Complete(CnnOptions options, ImageDataset dataset) => options with { Augmentation = dataset.Augmentation };

    private protected override string NetworkOf(CnnOptions options) => options.Architecture.ToString();

    private protected override IEstimator<ITransformer> Trainer(VisionCatalog vision, CnnOptions options) => vision.Cnn(options);
}
