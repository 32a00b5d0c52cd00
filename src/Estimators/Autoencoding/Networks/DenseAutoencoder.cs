using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>
/// Fully connected layers from the pixels to the code and back. With one hidden layer of 400 units and a code of 20 it is the network of
/// PyTorch's VAE example, whose layers fc1, fc21, fc22, fc3 and fc4 are here code.encoder.0, code.mean, code.logvar and code.decoder.0 and 1.
/// </summary>
internal sealed class DenseAutoencoder : AutoencoderNetwork, IAutoencoderNetwork<DenseAutoencoder>
{
    private readonly LatentCode code;

    private DenseAutoencoder(AutoencoderNetworkInput input)
        : base(nameof(DenseAutoencoder), input)
    {
        code = new((long)input.Channels * input.Height * input.Width, input);
        RegisterComponents();
    }

    public static DenseAutoencoder Create(AutoencoderNetworkInput input) => new(input);

    protected override (Tensor Mean, Tensor? LogVariance) ComputeCode(Tensor x) => code.Encode(x.flatten(1));   // (N, C H W) to (N, Z)

    protected override Tensor ComputeImage(Tensor z) => code.Decode(z).reshape(z.size(0), Input.Channels, Input.Height, Input.Width);
}
