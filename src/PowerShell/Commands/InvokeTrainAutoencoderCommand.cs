using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Trains a network to bring images back from short codes: to compress, to denoise, to draw new ones, to find what is unusual.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainAutoencoder", SupportsShouldProcess = true)]
[OutputType(typeof(ImageModel), typeof(EpochRecord), typeof(Job))]
public sealed class InvokeTrainAutoencoderCommand : ValidatedTrainingCommand<AutoencoderOptions>
{
    /// <inheritdoc cref="AutoencoderOptions.Kind"/>
    [Parameter]
    public AutoencoderKind? Kind { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Architecture"/>
    [Parameter]
    public AutoencoderArchitecture? Architecture { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.LatentSize"/>
    [Parameter]
    public int? LatentSize { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.HiddenWidths"/>
    [Parameter]
    public int[]? HiddenWidths { get; set; }

    /// <inheritdoc cref="ConvolutionalAutoencoderOptions.Width"/>
    [Parameter]
    public int? ConvolutionalWidth { get; set; }

    /// <inheritdoc cref="ConvolutionalAutoencoderOptions.Depth"/>
    [Parameter]
    public int? ConvolutionalDepth { get; set; }

    /// <inheritdoc cref="ConvolutionalAutoencoderOptions.Upsampling"/>
    [Parameter]
    public AutoencoderUpsampling? ConvolutionalUpsampling { get; set; }

    /// <inheritdoc cref="ConvolutionalAutoencoderOptions.BatchNorm"/>
    [Parameter]
    public bool? ConvolutionalBatchNorm { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Noise"/>
    [Parameter]
    [FactoryText(typeof(InputNoise))]
    [ArgumentCompleter(typeof(FactoryCompleter<InputNoise>))]
    public InputNoise? Noise { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Likelihood"/>
    [Parameter]
    public PixelLikelihood? Likelihood { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.GaussianDeviation"/>
    [Parameter]
    public double? GaussianDeviation { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Beta"/>
    [Parameter]
    public double? Beta { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.BetaWarmUpEpochs"/>
    [Parameter]
    public double? BetaWarmUpEpochs { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.ImportanceSamples"/>
    [Parameter]
    public int? ImportanceSamples { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.AnomalyQuantile"/>
    [Parameter]
    public double? AnomalyQuantile { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.ImageHeight"/>
    [Parameter]
    public int? ImageHeight { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.ImageWidth"/>
    [Parameter]
    public int? ImageWidth { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Channels"/>
    [Parameter]
    public ImageChannels? Channels { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.Resize"/>
    [Parameter]
    public ResizeMode? Resize { get; set; }

    /// <inheritdoc cref="AutoencoderOptions.InitialWeights"/>
    [Parameter]
    [SessionPath]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? InitialWeights { get; set; }

    private protected override AutoencoderOptions Complete(AutoencoderOptions options, ImageDataset dataset) => options with { Augmentation = dataset.Augmentation };

    private protected override string NetworkOf(AutoencoderOptions options) => $"{options.Architecture} {options.Kind} autoencoder";

    private protected override IEstimator<ITransformer> Trainer(VisionCatalog vision, AutoencoderOptions options) => vision.Autoencoder(options);
}
