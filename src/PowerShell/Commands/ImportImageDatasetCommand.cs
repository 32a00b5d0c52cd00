using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Opens images and what is known of them as a data set.</summary>
[Cmdlet(VerbsData.Import, "ImageDataset", DefaultParameterSetName = "Path")]
[OutputType(typeof(ImageDataset))]
public sealed class ImportImageDatasetCommand : FoveaCommand
{
    private string[] _paths = [];

    /// <summary>The files or folders; wildcards are resolved, and each match is a data set of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get => _paths; set => _paths = value; }

    /// <summary>The files or folders, as they stand: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get => _paths; set => _paths = value; }

    /// <summary>The format; by default it is found out by the names of files and folders.</summary>
    [Parameter(Position = 1)]
    public DatasetFormat Format { get; set; }

    /// <summary>The part of the set, as its format calls it: train, val, test. By default the format's own; of a folder with folders for parts one must be named.</summary>
    [Parameter]
    public string? Split { get; set; }

    /// <summary>The folder of the images: of Coco (default: that of the file), of Mask (default: images), of Csv and CamVid (default: that of the list).</summary>
    [Parameter]
    public string? Images { get; set; }

    /// <summary>The folder of the masks, of Mask. Default: masks.</summary>
    [Parameter]
    public string? Masks { get; set; }

    /// <summary>What follows an image's name in its mask's, as _mask.</summary>
    [Parameter]
    public string? MaskSuffix { get; set; }

    /// <summary>The file of labels, of Idx. Default: named as that of the images.</summary>
    [Parameter]
    public string? Labels { get; set; }

    /// <summary>The names of classes 0, 1, ... where the format does not tell them, or in another order than its own.</summary>
    [Parameter]
    public string[]? ClassName { get; set; }

    /// <summary>The pixel value of each class in masks, as 0, 255. Default: 0, 1, 2, ...</summary>
    [Parameter]
    public byte[]? MaskValue { get; set; }

    /// <summary>The pixel value in masks that counts nowhere.</summary>
    [Parameter]
    public int? IgnoreIndex { get; set; }

    /// <summary>The header of the column of images, of Csv. Default: Image.</summary>
    [Parameter]
    public string? ImageColumn { get; set; }

    /// <summary>The header of the column of labels, of Csv. Default: Label.</summary>
    [Parameter]
    public string? LabelColumn { get; set; }

    /// <summary>The header of the column of masks, of Csv. Default: Mask.</summary>
    [Parameter]
    public string? MaskColumn { get; set; }

    /// <summary>What stands between fields, of Csv. Default: by the file's extension.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>Takes the 20 coarse classes of CIFAR-100.</summary>
    [Parameter]
    public SwitchParameter Coarse { get; set; }

    /// <summary>Corners of VOC's boxes count from 1 and are in the box, as in the original sets.</summary>
    [Parameter]
    public SwitchParameter OneBased { get; set; }

    /// <summary>Takes paths in files that are absolute or lead upwards.</summary>
    [Parameter]
    public SwitchParameter AllowPathsOutside { get; set; }

    /// <summary>Whether folders below are taken too: those of a class (default: yes), those of Mask (default: no).</summary>
    [Parameter]
    public bool? Recurse { get; set; }

    private protected override object? Target => _paths is [var one] ? one : _paths;

    private protected override void Process()
    {
        foreach (var path in Resolve(_paths, ParameterSetName == "LiteralPath"))
            Guard(() => WriteObject(DatasetReader.Read(ML.Vision.Data, Source(path))), () => path);
    }

    private DatasetSource Source(string path) => new()
    {
        Path = path,
        Format = Format,
        Split = Split,
        Images = Images is null ? null : NewPath(Images),
        Masks = Masks is null ? null : NewPath(Masks),
        Labels = Labels is null ? null : NewPath(Labels),
        MaskSuffix = MaskSuffix,
        ClassName = ClassName,
        MaskValue = MaskValue,
        IgnoreIndex = IgnoreIndex,
        ImageColumn = ImageColumn,
        LabelColumn = LabelColumn,
        MaskColumn = MaskColumn,
        Delimiter = Delimiter,
        Coarse = Coarse.IsPresent ? true : null,
        OneBased = OneBased.IsPresent ? true : null,
        AllowPathsOutside = AllowPathsOutside.IsPresent ? true : null,
        Recurse = Recurse,
    };
}
