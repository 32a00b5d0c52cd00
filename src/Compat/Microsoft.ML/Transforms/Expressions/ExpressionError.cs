using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What is wrong with an expression, and where.</summary>
internal static class ExpressionError
{
    public static Exception Parsing(string at, string message) => Errors.Param("expression", $"parsing failed: at '{at}': {message}");

    public static Exception Binding(string at, string message) => Errors.Param("expression", $"binding failed: at '{at}': {message}");
}
