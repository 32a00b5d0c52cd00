using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Writes boxes and outlines in another format.</summary>
[Cmdlet(VerbsData.Convert, "ImageDataset", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class ConvertImageDatasetCommand : FoveaCommand
{
    /// <summary>A data set with boxes.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>The format: Voc, Coco, Yolo or Mask.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public DatasetFormat To { get; set; }

    /// <summary>Where to write: of Coco the .json file, else the folder.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The part that it is written as, of Voc and Yolo. Default: train.</summary>
    [Parameter]
    public string? Split { get; set; }

    /// <summary>The folder that file names are relative to, of Coco. Default: the deepest that holds all images.</summary>
    [Parameter]
    public string? Images { get; set; }

    /// <summary>Corners count from 1, of Voc.</summary>
    [Parameter]
    public SwitchParameter OneBased { get; set; }

    /// <summary>Writes outlines where objects have one, of Yolo.</summary>
    [Parameter]
    public SwitchParameter Outlines { get; set; }

    /// <summary>Copies the images too; else they stay where they are.</summary>
    [Parameter]
    public SwitchParameter CopyImages { get; set; }

    /// <summary>Overwrites files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process()
    {
        var path = NewPath(Path);
        var method = To is DatasetFormat.Voc or DatasetFormat.Coco or DatasetFormat.Yolo ? $"SaveAs{To}" : To == DatasetFormat.Mask ? "SaveAsMasks"
            : throw new ArgumentException($"-{nameof(To)} must be Voc, Coco, Yolo or Mask; it is {To}.");
        (string Name, object? Value)[] given =
        [
            ("view", Dataset.View), (To == DatasetFormat.Coco ? "path" : "folder", path), ("split", Split), ("imagesFolder", Images is null ? null : NewPath(Images)),
            ("oneBased", On(OneBased)), ("outlines", On(Outlines)), ("copyImages", On(CopyImages)), ("overwrite", On(Force)),
        ];
        var known = ML.Vision.Data.GetType().GetMethod(method)!.GetParameters().Select(p => p.Name).ToList();
        if (given.FirstOrDefault(g => g.Value is not null && !known.Contains(g.Name)) is { Name: { } foreign })
            throw new ArgumentException($"{To} has no place for {foreign}; leave it out.");
        if (!ShouldProcess(path, $"Write {Dataset} as {To}"))
            return;
        LibraryCall.Invoke<object?>(ML.Vision.Data, method, given);
        WriteObject(File.Exists(path) ? new FileInfo(path) : new DirectoryInfo(path));
    }

    private static object? On(SwitchParameter given) => given.IsPresent ? true : null;
}
