using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Tells whether networks can run here, and where not, why and what to install.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TorchRuntime")]
[OutputType(typeof(TorchRuntimeTest), typeof(bool))]
public sealed class TestTorchRuntimeCommand : FoveaCommand
{
    /// <summary>Puts out true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override object Target => "LibTorch";

    private protected override void Process()
    {
        var test = TorchRuntimeTest.Run();
        WriteObject(Quiet ? test.IsUsable : test);
    }
}
