namespace Fovea.Reporting;

/// <summary>An image of a view, as small as it is shown.</summary>
/// <param name="Name">What a caption calls it.</param>
/// <param name="Canvas">Not enlarged.</param>
/// <param name="Width">Of the image itself, in pixels.</param>
/// <param name="Height">Of the image itself, in pixels.</param>
internal sealed record RowPicture(string Name, Canvas Canvas, int Width, int Height);
