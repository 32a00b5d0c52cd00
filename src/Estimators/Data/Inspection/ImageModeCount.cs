namespace Fovea;

/// <summary>How many images of a mode there are.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Count">Images of it.</param>
public sealed record ImageModeCount(ImageMode Mode, long Count);
