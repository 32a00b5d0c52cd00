using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fovea.PowerShell;

/// <summary>Completes paths of folders, of models and of weights.</summary>
public sealed class CheckpointCompleter : IArgumentCompleter
{
    private static readonly string[] extensions = [".fovea", ".safetensors", ".pth", ".pt"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var begun = (wordToComplete ?? "").Trim('\'', '"');
        // The process's own folder is not the session's, and drives of PowerShell are known to its cmdlets alone.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        var entries = shell.AddCommand("Get-ChildItem").AddParameter("Path", $"{begun}*").AddParameter("ErrorAction", "Ignore").Invoke().Select(o => o.BaseObject).OfType<FileSystemInfo>();
        var folder = begun[..(begun.LastIndexOfAny(['/', '\\']) + 1)];
        return Completions.Of(entries.Where(e => e is DirectoryInfo || extensions.Contains(e.Extension.ToLowerInvariant())).Select(e => (folder + e.Name, e.FullName)), begun);
    }
}
