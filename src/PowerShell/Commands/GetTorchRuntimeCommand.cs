using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Tells which LibTorch there is and what it makes of the machine. Loads it.</summary>
[Cmdlet(VerbsCommon.Get, "TorchRuntime")]
[OutputType(typeof(TorchRuntime))]
public sealed class GetTorchRuntimeCommand : FoveaCommand
{
    private protected override object Target => "LibTorch";

    private protected override void Process() => WriteObject(TorchRuntime.Describe());
}
