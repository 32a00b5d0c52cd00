namespace Fovea.Generation.Networks;

/// <summary>What a pair of networks is built for.</summary>
/// <param name="Channels">C.</param>
/// <param name="Height">H of the images, pixels.</param>
/// <param name="Width">W of the images, pixels.</param>
/// <param name="Latent">Z.</param>
/// <param name="Classes">K; 0 where the networks are not given the class.</param>
/// <param name="Maps">Of the widest layer.</param>
internal sealed record GanNetworkInput(int Channels, int Height, int Width, int Latent, int Classes, int Maps)
{
    /// <summary>The discriminator has batch norm.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>The discriminator's weights are divided by their largest singular value.</summary>
    public bool SpectralNorm { get; init; }
}
