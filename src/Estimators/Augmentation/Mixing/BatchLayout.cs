namespace Fovea;

/// <summary>How the images of a batch lie in memory.</summary>
/// <param name="Height">H, in pixels.</param>
/// <param name="Width">W, in pixels.</param>
/// <param name="Channels">C, 1 or 3.</param>
/// <param name="ChannelsLast">(H, W, C) instead of (C, H, W).</param>
internal readonly record struct BatchLayout(int Height, int Width, int Channels, bool ChannelsLast);
