using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Parts a data set into rows to learn from and rows held out.</summary>
[Cmdlet(VerbsCommon.Split, "ImageDataset", DefaultParameterSetName = "Fraction")]
[OutputType(typeof(ImageDatasetSplit))]
public sealed class SplitImageDatasetCommand : FoveaCommand
{
    /// <summary>What to part.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>The share held out, above 0 and below 1. Default: a fifth.</summary>
    [Parameter(Position = 0, ParameterSetName = "Fraction")]
    public double? Test { get; set; }

    /// <summary>Parts for cross-validation instead, this many, at least 2: each row is held out in one of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Fold")]
    public int? Fold { get; set; }

    /// <summary>The column that says what belongs together, as a person or a patient: no group is parted.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>The column of classes, of which each part gets its share. Default: Label, where there is one.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>The same seed gives the same parts. Default: 0.</summary>
    [Parameter]
    public int? Seed { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process()
    {
        var data = ML.Vision.Data;
        var label = Label ?? (Dataset.Columns.Contains("Label") ? "Label" : null);
        // Where there are no classes to spread evenly, each image is a group of its own.
        var group = Group ?? (label is null ? "Image" : null);
        var rule = group is null ? "Stratified" : "Group";
        (string, object?)[] given = [("view", Dataset.View), ("labelColumn", label), ("seed", Seed), .. group is null ? Array.Empty<(string, object?)>() : [("groupColumn", group)]];
        if (ParameterSetName != "Fold")
        {
            WriteObject(Parts(LibraryCall.Invoke<DataSplit>(data, $"{rule}Split", [.. given, ("testFraction", Test)]), null));
            return;
        }
        var folds = LibraryCall.Invoke<IReadOnlyList<DataSplit>>(data, $"{rule}Folds", [.. given, ("folds", Fold)]);
        for (var i = 0; i < folds.Count; i++)
            WriteObject(Parts(folds[i], i + 1));
    }

    private ImageDatasetSplit Parts(DataSplit split, int? fold)
    {
        var suffix = fold is { } number ? $" {number}" : "";
        return new(Dataset.Part(split.Train, "train" + suffix), Dataset.Part(split.Test, "test" + suffix)) { Fold = fold };
    }
}
