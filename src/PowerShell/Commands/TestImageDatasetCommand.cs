using System.Globalization;
using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Reads every image, label, box and mask of a data set and reports what is wrong with it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ImageDataset")]
[OutputType(typeof(DatasetReport))]
public sealed class TestImageDatasetCommand : FoveaCommand
{
    /// <summary>The data set; of a split the part to learn from.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Train")]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>A second data set, of a split the part held out: images that are in both are found too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ImageDataset? Test { get; set; }

    /// <inheritdoc cref="InspectionOptions.ClassNames"/>
    [Parameter]
    public string[]? ClassNames { get; set; }

    /// <inheritdoc cref="InspectionOptions.NearDistance"/>
    [Parameter]
    public int? NearDistance { get; set; }

    /// <inheritdoc cref="InspectionOptions.SmallBoxSide"/>
    [Parameter]
    public double? SmallBoxSide { get; set; }

    /// <inheritdoc cref="InspectionOptions.Threads"/>
    [Parameter]
    public int? Threads { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process()
    {
        var options = OptionsMap.Fill<InspectionOptions>(this, NewPath);
        WriteObject(Worker.Run("Fovea inspection", (streams, token) => Inspect(options with { Progress = new Shown(streams), Cancellation = token }), new CommandStreams(this), Stop));
    }

    private DatasetReport Inspect(InspectionOptions options) => Test is null
        ? ML.Vision.Data.Inspect(Dataset.View, options)
        : ML.Vision.Data.Inspect([("train", Dataset.View), ("test", Test.View)], options);

    private sealed class Shown(IStreams streams) : IProgress<InspectionProgress>
    {
        private readonly ProgressThrottle _throttle = new();

        public void Report(InspectionProgress value)
        {
            if (!_throttle.IsDue())
                return;
            var record = new ProgressRecord(8, $"Reading images{(value.Split == "" ? "" : $" of {value.Split}")}", string.Create(CultureInfo.InvariantCulture, $"{value.Rows:#,0}{(value.TotalRows is { } all ? $" of {all:#,0}" : "")}"));
            if (value.TotalRows is > 0 and var total)
                record.PercentComplete = (int)(100 * value.Rows / total);
            streams.Progress(record);
        }
    }
}
