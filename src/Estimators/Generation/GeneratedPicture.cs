using Fovea.Reporting;

namespace Fovea.Generation;

/// <summary>One generated image.</summary>
/// <param name="Width">W.</param>
/// <param name="Height">H.</param>
/// <param name="Channels">C, 1 or 3.</param>
/// <param name="Pixels">(H, W, C).</param>
internal sealed record GeneratedPicture(int Width, int Height, int Channels, byte[] Pixels)
{
    public Canvas ToCanvas() => new(Width, Height, Channels, Pixels);
}
