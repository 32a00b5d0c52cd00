using Fovea.Autoencoding.Networks;

namespace Fovea;

/// <summary>The autoencoder networks there are. A new one is a file in <c>Networks/</c> and a line here.</summary>
public enum AutoencoderArchitecture
{
    /// <summary>Fully connected layers alone (<see cref="AutoencoderOptions.HiddenWidths"/>), the same way back.</summary>
    [AutoencoderNetwork<DenseAutoencoder>]
    Dense,

    /// <summary>Convolutions with stride 2, fully connected layers at the bottom, the same way back; shaped by <see cref="ConvolutionalAutoencoderOptions"/>.</summary>
    [AutoencoderNetwork<ConvolutionalAutoencoder>]
    Convolutional,
}
