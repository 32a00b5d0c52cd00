using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public abstract class Cmdlet : InternalCommand
{
    public ICommandRuntime CommandRuntime { get; set; }

    public bool Stopping { get; internal set; }

    public bool ShouldProcess(string target) => CommandRuntime.ShouldProcess(target);

    public bool ShouldProcess(string target, string action) => CommandRuntime.ShouldProcess(target, action);

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) => CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption);

    public void ThrowTerminatingError(ErrorRecord errorRecord) => CommandRuntime.ThrowTerminatingError(errorRecord);

    public void WriteError(ErrorRecord errorRecord) => CommandRuntime.WriteError(errorRecord);

    public void WriteObject(object sendToPipeline) => CommandRuntime.WriteObject(sendToPipeline);

    public void WriteObject(object sendToPipeline, bool enumerateCollection) => CommandRuntime.WriteObject(sendToPipeline, enumerateCollection);

    public void WriteProgress(ProgressRecord progressRecord) => CommandRuntime.WriteProgress(progressRecord);

    public void WriteVerbose(string text) => CommandRuntime.WriteVerbose(text);

    public void WriteWarning(string text) => CommandRuntime.WriteWarning(text);

    internal void Begin() => BeginProcessing();

    internal void Process() => ProcessRecord();

    internal void End() => EndProcessing();

    internal void Stop()
    {
        Stopping = true;
        StopProcessing();
    }

    protected virtual void BeginProcessing() { }

    protected virtual void ProcessRecord() { }

    protected virtual void EndProcessing() { }

    protected virtual void StopProcessing() { }
}
