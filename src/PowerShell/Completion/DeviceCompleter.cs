using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fovea.PowerShell;

/// <summary>Completes devices. LibTorch is not loaded for it, so what is there is not known.</summary>
public sealed class DeviceCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] devices = [("auto", "the first CUDA device, else the CPU"), ("cpu", "the CPU"), ("cuda", "the first CUDA device"), ("cuda:1", "the second CUDA device")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(devices, wordToComplete);
}
