namespace Fovea.Reporting;

/// <summary>Something a section shows.</summary>
/// <param name="Key">For machines, in camel case.</param>
internal abstract record ReportPart(string Key);
