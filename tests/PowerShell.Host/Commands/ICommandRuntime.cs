namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public interface ICommandRuntime
{
    bool ShouldProcess(string target);

    bool ShouldProcess(string target, string action);

    bool ShouldProcess(string verboseDescription, string verboseWarning, string caption);

    void ThrowTerminatingError(ErrorRecord errorRecord);

    void WriteError(ErrorRecord errorRecord);

    void WriteObject(object sendToPipeline);

    void WriteObject(object sendToPipeline, bool enumerateCollection);

    void WriteProgress(ProgressRecord progressRecord);

    void WriteVerbose(string text);

    void WriteWarning(string text);
}
