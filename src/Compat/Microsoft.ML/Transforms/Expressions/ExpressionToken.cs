namespace Microsoft.ML.Data;

/// <summary>What a piece of an expression is.</summary>
internal enum ExpressionTokenKind
{
    End,
    Name,
    Number,
    Text,
    Sign,
}

/// <summary>A piece of an expression: as written, and the value of a literal.</summary>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Written, object Value = null)
{
    public bool Is(params ReadOnlySpan<string> written) => Kind is ExpressionTokenKind.Sign or ExpressionTokenKind.Name && written.Contains(Written);
}
