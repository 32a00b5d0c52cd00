namespace Fovea.Autoencoding.Networks;

/// <summary>What an autoencoder's network is built for.</summary>
/// <param name="Channels">C of its images: 1 grey, 3 RGB.</param>
/// <param name="Height">H, of any size; the network pads.</param>
/// <param name="Width">W, of any size; the network pads.</param>
/// <param name="LatentSize">Z.</param>
internal sealed record AutoencoderNetworkInput(int Channels, int Height, int Width, int LatentSize)
{
    /// <summary>With a second head for the logarithm of the code's variance.</summary>
    public bool IsVariational { get; init; }

    /// <summary>Units of the fully connected layers from the image's side.</summary>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [400];

    public ConvolutionalAutoencoderOptions Convolutional { get; init; } = new();
}
