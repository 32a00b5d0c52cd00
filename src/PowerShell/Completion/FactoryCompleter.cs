using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fovea.PowerShell;

/// <summary>Completes the names by which objects of the library can be written.</summary>
/// <typeparam name="T">What is wanted.</typeparam>
public sealed class FactoryCompleter<T> : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(FactoryNames.Of(typeof(T)).Select(f => (f.Name, f.Usage)), wordToComplete);
}
