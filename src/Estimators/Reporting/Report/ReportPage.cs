namespace Fovea.Reporting;

/// <summary>A report before it becomes HTML, text or JSON. It knows of no task.</summary>
internal sealed record ReportPage
{
    public required string Title { get; init; }

    /// <summary>What was trained and how it ended, in a line.</summary>
    public required string Subtitle { get; init; }

    /// <summary>What is reported on, for machines: <c>classification</c>, ..., or <c>comparison</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The few numbers that are looked at first.</summary>
    public IReadOnlyList<ReportFact> Headline { get; init; } = [];

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }
}
