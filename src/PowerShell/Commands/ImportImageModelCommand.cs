using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Reads models that were saved.</summary>
[Cmdlet(VerbsData.Import, "ImageModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(ImageModel))]
public sealed class ImportImageModelCommand : FoveaCommand
{
    private string[] _paths = [];

    /// <summary>The files; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get => _paths; set => _paths = value; }

    /// <summary>The files, as they stand: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get => _paths; set => _paths = value; }

    /// <summary>Where it shall run: auto (default), cpu, cuda or cuda:1.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public ComputeDevice Device { get; set; }

    private protected override object? Target => _paths is [var one] ? one : _paths;

    private protected override void Process()
    {
        foreach (var path in Resolve(_paths, ParameterSetName == "LiteralPath"))
            Guard(() =>
            {
                var model = ImageModel.Of(ML.Vision.Load(path, Device));
                model.Path = path;
                WriteObject(model);
            }, () => path);
    }
}
