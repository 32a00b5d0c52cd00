using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Tells a model's network layer by layer.</summary>
[Cmdlet(VerbsCommon.Get, "ImageModelSummary")]
[OutputType(typeof(LayerSummary))]
public sealed class GetImageModelSummaryCommand : FoveaCommand
{
    /// <summary>The model, from a training or from Import-ImageModel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    private protected override object? Target => Model;

    private protected override void Process()
    {
        var summary = Model.Summary;
        foreach (var layer in summary.Layers)
            WriteObject(layer);
        WriteVerbose($"{summary.Parameters:#,0} parameters, {summary.Macs:#,0} MACs for one image of {string.Join('x', summary.InputSize)}");
    }
}
