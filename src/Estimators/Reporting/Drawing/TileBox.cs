using System.Globalization;

namespace Fovea.Reporting;

/// <summary>An object drawn on a tile.</summary>
/// <param name="X0">Left side in pixels of the image, half-open.</param>
/// <param name="Y0">Top.</param>
/// <param name="X1">Right side.</param>
/// <param name="Y1">Bottom.</param>
/// <param name="Label">Its class; null for none.</param>
/// <param name="Color">Of outline and label.</param>
/// <param name="Score">0 to 1, for a prediction; else null.</param>
internal readonly record struct TileBox(float X0, float Y0, float X1, float Y1, string? Label, Color Color, float? Score = null)
{
    /// <summary>Its class's number; -1 for none.</summary>
    public int Class { get; init; } = -1;

    /// <summary>What stands beside it.</summary>
    public string Text => Score is { } score ? string.Create(CultureInfo.InvariantCulture, $"{Label} {score:0.00}").TrimStart() : Label ?? "";
}
