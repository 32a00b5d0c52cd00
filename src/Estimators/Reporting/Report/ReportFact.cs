namespace Fovea.Reporting;

/// <summary>A value with its name.</summary>
/// <param name="Key">For machines, in camel case; stays the same from version to version.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it is.</param>
internal sealed record ReportFact(string Key, string Label, ReportValue Value)
{
    /// <summary>A fact in words.</summary>
    public ReportFact(string key, string label, string words) : this(key, label, ReportValue.Words(words)) { }
}
