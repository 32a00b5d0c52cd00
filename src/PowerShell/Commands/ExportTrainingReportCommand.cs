using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Writes what there is to say of a training as one file: what ran, curves, network, and how good the model is, with pictures.</summary>
[Cmdlet(VerbsData.Export, "TrainingReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingReportCommand : FoveaCommand
{
    /// <summary>The model, from a training, from Import-ImageModel, or of what Measure-ImageModel puts out.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    /// <summary>The file, ending in .html, .txt or .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// What the model is shown on, of a measurement what it was measured on. Default: the part that Split-ImageDataset held out, which travels with the model; where there
    /// is none, the report is of the training alone.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public ImageDataset? Dataset { get; set; }

    /// <summary>Of a generator that was measured: what Measure-ImageModel told, which the report then has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Metrics { get; set; }

    /// <inheritdoc cref="ReportOptions.Title"/>
    [Parameter]
    public string? Title { get; set; }

    /// <inheritdoc cref="ReportOptions.Pictures"/>
    [Parameter]
    public int? Pictures { get; set; }

    /// <inheritdoc cref="ReportOptions.PictureSize"/>
    [Parameter]
    public int? PictureSize { get; set; }

    /// <inheritdoc cref="ReportOptions.MaximumBytes"/>
    [Parameter]
    public int? MaximumBytes { get; set; }

    /// <summary>Overwrites a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Model;

    private protected override void Process()
    {
        var dataset = Dataset ?? Model.TestDataset;
        var options = OptionsMap.Fill<ReportOptions>(this, NewPath) with { DataSet = (dataset ?? Model.TrainingDataset)?.ToString() };
        var path = WritablePath(Path, Force);
        if (!ShouldProcess(path, $"Write the report of {Model}"))
            return;
        Worker.Run("Fovea report", (_, _) => Report(dataset, options), new CommandStreams(this), Stop).Save(path);
        WriteObject(new FileInfo(path));
    }

    private TrainingReport Report(ImageDataset? dataset, ReportOptions options) => Model.Transformer switch
    {
        // A generator is not run on images; what it draws is measured beside them.
        GanTransformer gan when (Metrics is PSObject wrapped ? wrapped.BaseObject : Metrics) is GenerationMetrics metrics => ML.Vision.Report(gan, metrics, options),
        var model when dataset is null || model is GanTransformer => ML.Vision.Report(model, options),
        var model => ML.Vision.Report(model, dataset.View, options),
    };
}
