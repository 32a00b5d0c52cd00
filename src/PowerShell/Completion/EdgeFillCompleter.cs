using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fovea.PowerShell;

/// <summary>Completes what fills the gaps of moved images.</summary>
public sealed class EdgeFillCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] fills =
        [("zero", "black"), ("grey", "the grey beside letterboxed images"), ("edge", "the nearest pixel of the edge"), ("reflect", "the image mirrored at its edge")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(fills, wordToComplete);
}
