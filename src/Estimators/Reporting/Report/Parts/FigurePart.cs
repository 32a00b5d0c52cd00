using System.Text.Json.Nodes;

namespace Fovea.Reporting;

/// <summary>A figure.</summary>
internal sealed record FigurePart(string Key, IChart Chart) : ReportPart(Key)
{
    /// <summary>Needs the width of the page; others stand side by side.</summary>
    public bool IsWide { get; init; }

    /// <summary>Its numbers, where no table beside it has them; null for none.</summary>
    public Func<JsonNode>? Numbers { get; init; }
}
