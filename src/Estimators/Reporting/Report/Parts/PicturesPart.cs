namespace Fovea.Reporting;

/// <summary>Pictures in groups, those worth most first: where a page must not hold all, the last are left out.</summary>
internal sealed record PicturesPart(string Key, string Title, IReadOnlyList<PictureGroup> Groups) : ReportPart(Key)
{
    /// <summary>What is seen, in a sentence or two.</summary>
    public string? Note { get; init; }

    /// <summary>What the colors in the pictures mean.</summary>
    public IReadOnlyList<(string Name, Color Color)> Legend { get; init; } = [];
}
