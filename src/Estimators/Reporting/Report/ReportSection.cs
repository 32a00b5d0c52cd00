namespace Fovea.Reporting;

/// <summary>A chapter of a report.</summary>
/// <param name="Key">For machines and as anchor, in camel case; one of a kind in its report.</param>
/// <param name="Title">For people.</param>
/// <param name="Parts">In order; their keys are one of a kind in the section.</param>
internal sealed record ReportSection(string Key, string Title, IReadOnlyList<ReportPart> Parts);
