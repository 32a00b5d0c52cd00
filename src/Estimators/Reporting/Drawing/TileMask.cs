namespace Fovea.Reporting;

/// <summary>A mask drawn on a tile.</summary>
/// <param name="Classes">The class of each pixel, (H, W).</param>
/// <param name="Width">W.</param>
/// <param name="Height">H.</param>
/// <param name="Colors">Of each class; a class with none (and what has no place in the list) is left as the image is.</param>
/// <param name="Opacity">0 to 1.</param>
internal sealed record TileMask(byte[] Classes, int Width, int Height, IReadOnlyList<Color?> Colors, double Opacity);
