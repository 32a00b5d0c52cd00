using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Where what long work has to say goes: a pipeline, or a job.</summary>
internal interface IStreams
{
    void Output(object value);

    void Error(ErrorRecord error);

    void Warning(string text);

    void Verbose(string text);

    void Progress(ProgressRecord record);
}
