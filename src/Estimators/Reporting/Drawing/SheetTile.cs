namespace Fovea.Reporting;

/// <summary>One picture of a <see cref="ContactSheet"/> and what is drawn over it.</summary>
internal sealed record SheetTile
{
    /// <summary>The image in its own size.</summary>
    public required Canvas Picture { get; init; }

    /// <summary>Lines below it, the first in full ink, the others faded.</summary>
    public IReadOnlyList<string> Caption { get; init; } = [];

    /// <summary>The color of a short bar before the caption; null for none.</summary>
    public Color? Marker { get; init; }

    /// <summary>In pixels of <see cref="Picture"/>.</summary>
    public IReadOnlyList<TileBox> Boxes { get; init; } = [];

    /// <summary>The class of each pixel; null for none.</summary>
    public TileMask? Mask { get; init; }
}
