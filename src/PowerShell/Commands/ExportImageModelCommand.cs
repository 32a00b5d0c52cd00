using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Saves a model to one file.</summary>
[Cmdlet(VerbsData.Export, "ImageModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportImageModelCommand : FoveaCommand
{
    /// <summary>The model, from a training or from Import-ImageModel.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    /// <summary>The file, by custom with the extension .fovea. It is written at once or not at all.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Overwrites a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Model;

    private protected override void Process()
    {
        var path = WritablePath(Path, Force);
        if (!ShouldProcess(path, $"Save {Model}"))
            return;
        ML.Vision.Save(Model.Transformer, path);
        Model.Path = path;
        WriteObject(new FileInfo(path));
    }
}
