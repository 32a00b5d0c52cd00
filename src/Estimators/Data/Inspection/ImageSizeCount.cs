namespace Fovea;

/// <summary>How many images of a size there are.</summary>
/// <param name="Width">Columns in pixels, upright.</param>
/// <param name="Height">Rows in pixels, upright.</param>
/// <param name="Count">Images of it.</param>
public sealed record ImageSizeCount(int Width, int Height, long Count);
