using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Trains two networks against each other, one of which learns to draw images.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrainGan", SupportsShouldProcess = true)]
[OutputType(typeof(ImageModel), typeof(EpochRecord), typeof(Job))]
public sealed class InvokeTrainGanCommand : TrainingCommand<GanOptions>
{
    /// <inheritdoc cref="GanOptions.Architecture"/>
    [Parameter]
    public GanArchitecture? Architecture { get; set; }

    /// <inheritdoc cref="GanOptions.Width"/>
    [Parameter]
    public int? Width { get; set; }

    /// <inheritdoc cref="GanOptions.Loss"/>
    [Parameter]
    public GanLoss? Loss { get; set; }

    /// <inheritdoc cref="GanOptions.GradientPenalty"/>
    [Parameter]
    public double? GradientPenalty { get; set; }

    /// <inheritdoc cref="GanOptions.Conditional"/>
    [Parameter]
    public SwitchParameter Conditional { get; set; }

    /// <inheritdoc cref="GanOptions.LatentSize"/>
    [Parameter]
    public int? LatentSize { get; set; }

    /// <inheritdoc cref="GanOptions.Prior"/>
    [Parameter]
    public LatentPrior? Prior { get; set; }

    /// <inheritdoc cref="GanOptions.DiscriminatorSteps"/>
    [Parameter]
    public int? DiscriminatorSteps { get; set; }

    /// <inheritdoc cref="GanOptions.DiscriminatorLearningRate"/>
    [Parameter]
    public double? DiscriminatorLearningRate { get; set; }

    /// <inheritdoc cref="GanOptions.AdamBeta1"/>
    [Parameter]
    public double? AdamBeta1 { get; set; }

    /// <inheritdoc cref="GanOptions.LabelSmoothing"/>
    [Parameter]
    public double? LabelSmoothing { get; set; }

    /// <inheritdoc cref="GanOptions.SpectralNorm"/>
    [Parameter]
    public SwitchParameter SpectralNorm { get; set; }

    /// <inheritdoc cref="GanOptions.ImageHeight"/>
    [Parameter]
    public int? ImageHeight { get; set; }

    /// <inheritdoc cref="GanOptions.ImageWidth"/>
    [Parameter]
    public int? ImageWidth { get; set; }

    /// <inheritdoc cref="GanOptions.Channels"/>
    [Parameter]
    public ImageChannels? Channels { get; set; }

    /// <inheritdoc cref="GanOptions.Resize"/>
    [Parameter]
    public ResizeMode? Resize { get; set; }

    /// <inheritdoc cref="GanOptions.SampleFolder"/>
    [Parameter]
    [SessionPath]
    public string? SampleFolder { get; set; }

    private protected override GanOptions Complete(GanOptions options, ImageDataset dataset) => options with { Augmentation = dataset.Augmentation };

    private protected override string NetworkOf(GanOptions options) => options.Architecture.ToString();

    private protected override IEstimator<ITransformer> Trainer(VisionCatalog vision, GanOptions options) => vision.Gan(options);
}
