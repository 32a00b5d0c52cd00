using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fovea.PowerShell;

/// <summary>Completes the classes of the model that was given before on the line.</summary>
public sealed class ClassNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var model = fakeBoundParameters["Model"];
        var names = ((model is PSObject wrapped ? wrapped.BaseObject : model) as ImageModel)?.ClassNames ?? [];
        return Completions.Of(names.Select(n => (n, n)), wordToComplete);
    }
}
