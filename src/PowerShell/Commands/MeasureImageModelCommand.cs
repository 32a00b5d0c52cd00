using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Measures how good a model is on images whose labels, masks or boxes are known.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ImageModel")]
[OutputType(typeof(ClassificationMeasurement), typeof(SegmentationMeasurement), typeof(DetectionMeasurement), typeof(AutoencoderMeasurement), typeof(GenerationMeasurement))]
public sealed class MeasureImageModelCommand : FoveaCommand
{
    /// <summary>The model, from a training or from Import-ImageModel.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    /// <summary>
    /// What to measure on. Default, where it is left out or null: the part that Split-ImageDataset held out, which travels with the model. (A variable that the same pipeline
    /// fills, as by -OutVariable, is still empty when PowerShell reads it.)
    /// </summary>
    [Parameter(Position = 0)]
    [AllowNull]
    public ImageDataset? Dataset { get; set; }

    /// <inheritdoc cref="ClassificationEvaluation.Top"/>
    [Parameter]
    public int? Top { get; set; }

    /// <inheritdoc cref="SegmentationEvaluation.RandScore"/>
    [Parameter]
    public SwitchParameter RandScore { get; set; }

    /// <inheritdoc cref="DetectionEvaluation.IoU"/>
    [Parameter]
    public double? IoU { get; set; }

    /// <inheritdoc cref="DetectionEvaluation.Score"/>
    [Parameter]
    public double? Score { get; set; }

    /// <summary>Of autoencoders: the labels of images that are anomalies, to measure how well the reconstruction error tells them.</summary>
    [Parameter]
    public string[]? AnomalousLabels { get; set; }

    /// <summary>Of generators: the classifier whose features compare generated images with real ones.</summary>
    [Parameter]
    public ImageModel? Features { get; set; }

    /// <summary>Of generators: how many images are generated to be measured. Default: as many as there are real ones.</summary>
    [Parameter]
    public int? Count { get; set; }

    private protected override object? Target => Model;

    private protected override void Process()
    {
        var dataset = Dataset ?? Model.TestDataset
            ?? throw new ArgumentException("There is nothing to measure on: name a data set with -Dataset, or train on a part made by Split-ImageDataset.");
        if (Dataset is null)
            WriteVerbose($"Measuring on {dataset}, which was held out from the training.");
        WriteObject(Worker.Run("Fovea measuring", (_, token) => Meter(token).Measure(ML, Model, dataset), new CommandStreams(this), Stop));
    }

    private ModelMeter Meter(CancellationToken cancellation) => new()
    {
        Classification = OptionsMap.Fill<ClassificationEvaluation>(this, NewPath),
        Segmentation = OptionsMap.Fill<SegmentationEvaluation>(this, NewPath),
        Detection = OptionsMap.Fill<DetectionEvaluation>(this, NewPath),
        Autoencoder = OptionsMap.Fill<AutoencoderEvaluation>(this, NewPath) with { LabelColumn = AnomalousLabels is null ? null : "Label" },
        Generation = OptionsMap.Fill<GenerationEvaluation>(this, NewPath),
        Features = Features,
        Count = Count,
        Cancellation = cancellation,
    };
}
