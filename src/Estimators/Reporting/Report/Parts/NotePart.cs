namespace Fovea.Reporting;

/// <summary>Words between other parts.</summary>
internal sealed record NotePart(string Key, string Text) : ReportPart(Key)
{
    /// <summary>To be heeded rather than read.</summary>
    public bool IsWarning { get; init; }
}
