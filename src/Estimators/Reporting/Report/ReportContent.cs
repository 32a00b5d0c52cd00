namespace Fovea.Reporting;

/// <summary>What a room says of its model; the rest of the report is the same for all.</summary>
internal sealed record ReportContent
{
    /// <summary>For machines, as in the model file.</summary>
    public required string Task { get; init; }

    /// <summary>The usual heading, and what tells the model from those it is compared with.</summary>
    public required string Name { get; init; }

    /// <summary>For people: what was trained.</summary>
    public required string Model { get; init; }

    public required TrainingOptions Options { get; init; }

    public required TrainingHistory History { get; init; }

    /// <summary>What the history's class counts count, in the plural.</summary>
    public string Counted { get; init; } = "images";

    /// <summary>What was learned from, and how large its parts are, beyond what the history knows.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    public required IReadOnlyList<(string Name, NetworkSummary Summary)> Networks { get; init; }

    /// <summary>The numbers that are looked at first and compared; empty without an evaluation.</summary>
    public IReadOnlyList<ReportFact> Headline { get; init; } = [];

    /// <summary>The room's own.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];
}
