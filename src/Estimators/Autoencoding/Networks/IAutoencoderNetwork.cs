namespace Fovea.Autoencoding.Networks;

/// <summary>A network that an attribute can build.</summary>
internal interface IAutoencoderNetwork<TSelf> where TSelf : AutoencoderNetwork
{
    static abstract TSelf Create(AutoencoderNetworkInput input);
}
