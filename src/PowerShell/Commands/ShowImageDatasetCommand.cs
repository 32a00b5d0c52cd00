using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Writes a picture of samples of a data set with labels, boxes and masks, or of what its augmentation makes of them.</summary>
[Cmdlet(VerbsCommon.Show, "ImageDataset", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ShowImageDatasetCommand : FoveaCommand
{
    /// <summary>The data set; of a split the part to learn from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Train")]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>The file, ending in .svg or .png.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <inheritdoc cref="ContactSheetOptions.Images"/>
    [Parameter]
    public int? Images { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.Rows"/>
    [Parameter]
    public long[]? Rows { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.Seed"/>
    [Parameter]
    public int? Seed { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.Columns"/>
    [Parameter]
    public int? Columns { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.TileSize"/>
    [Parameter]
    public int? TileSize { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.Title"/>
    [Parameter]
    public string? Title { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.MaskOpacity"/>
    [Parameter]
    public double? MaskOpacity { get; set; }

    /// <summary>Shows after each image what the data set's augmentation may make of it.</summary>
    [Parameter]
    public SwitchParameter Augmented { get; set; }

    /// <inheritdoc cref="ContactSheetOptions.Variants"/>
    [Parameter]
    public int? Variants { get; set; }

    /// <summary>Height and width in pixels of the network's input, as 32, 32, that the augmentation works on. Default: the size on the sheet.</summary>
    [Parameter]
    public int[]? InputSize { get; set; }

    /// <summary>Overwrites a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process()
    {
        var options = OptionsMap.Fill<ContactSheetOptions>(this, NewPath);
        if (Augmented)
            options = options with { Augmentation = Dataset.Augmentation };
        var path = WritablePath(Path, Force);
        if (!ShouldProcess(path, $"Draw samples of {Dataset}"))
            return;
        ML.Vision.Data.SaveContactSheet(Dataset.View, path, options);
        WriteObject(new FileInfo(path));
    }
}
