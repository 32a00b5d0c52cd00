using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>The streams of a running cmdlet; for its pipeline thread alone.</summary>
internal sealed class CommandStreams(Cmdlet command) : IStreams
{
    public void Output(object value) => command.WriteObject(value);

    public void Error(ErrorRecord error) => command.WriteError(error);

    public void Warning(string text) => command.WriteWarning(text);

    public void Verbose(string text) => command.WriteVerbose(text);

    public void Progress(ProgressRecord record) => command.WriteProgress(record);
}
