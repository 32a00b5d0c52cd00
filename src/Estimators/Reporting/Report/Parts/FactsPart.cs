namespace Fovea.Reporting;

/// <summary>Facts below each other.</summary>
internal sealed record FactsPart(string Key, IReadOnlyList<ReportFact> Facts) : ReportPart(Key);
