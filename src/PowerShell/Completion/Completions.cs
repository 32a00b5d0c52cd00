using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Makes results of a completion.</summary>
internal static class Completions
{
    /// <param name="values">What can be written, each with what is shown beside it.</param>
    /// <param name="word">What was written so far, perhaps with a quote.</param>
    public static IEnumerable<CompletionResult> Of(IEnumerable<(string Text, string Tip)> values, string? word)
    {
        var begun = (word ?? "").Trim('\'', '"');
        return values.Where(v => v.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(v => new CompletionResult(Quoted(v.Text), v.Text, CompletionResultType.ParameterValue, v.Tip));
    }

    private static string Quoted(string text) => text.All(c => char.IsLetterOrDigit(c) || "_.:-/\\".Contains(c)) ? text : $"'{text.Replace("'", "''")}'";
}
