using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>
/// Images (N, C, H, W) float32 in [0, 1] to codes and back to logits (N, C, H, W), whose sigmoid is the reconstruction. So a
/// decoded image is one whatever the code.
/// </summary>
internal abstract class AutoencoderNetwork(string name, AutoencoderNetworkInput input) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>What it was built for.</summary>
    public AutoencoderNetworkInput Input => input;

    /// <summary>The smallest batch to train on: 2 where a batch norm may see one value an image.</summary>
    public virtual int MinimumBatch => 1;

    /// <summary>By the mean of the code.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>Logits (N, C, H, W).</returns>
    public sealed override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return Decode(Encode(x).Mean).MoveToOuterDisposeScope();
    }

    /// <param name="x">(N, C, H, W), in [0, 1].</param>
    /// <returns>The code (N, Z), of the variational kind its mean; and the logarithm of its variance (N, Z), else null.</returns>
    /// <exception cref="ArgumentException">The images are of another size.</exception>
    public (Tensor Mean, Tensor? LogVariance) Encode(Tensor x)
    {
        if (x.dim() != 4 || x.size(1) != input.Channels || x.size(2) != input.Height || x.size(3) != input.Width)
            throw new ArgumentException($"The network takes images of (N, {input.Channels}, {input.Height}, {input.Width}); got ({string.Join(", ", x.shape)}).", nameof(x));
        using var scope = NewDisposeScope();
        var (mean, logVariance) = ComputeCode(x);
        return (mean.MoveToOuterDisposeScope(), logVariance?.MoveToOuterDisposeScope());
    }

    /// <param name="z">(N, Z).</param>
    /// <returns>Logits (N, C, H, W).</returns>
    /// <exception cref="ArgumentException">The codes are of another length.</exception>
    public Tensor Decode(Tensor z)
    {
        if (z.dim() != 2 || z.size(1) != input.LatentSize)
            throw new ArgumentException($"The network takes codes of (N, {input.LatentSize}); got ({string.Join(", ", z.shape)}).", nameof(z));
        using var scope = NewDisposeScope();
        return ComputeImage(z).MoveToOuterDisposeScope();
    }

    /// <summary>What the encoder is. An image of another size never comes here.</summary>
    protected abstract (Tensor Mean, Tensor? LogVariance) ComputeCode(Tensor x);

    /// <summary>What the decoder is. A code of another length never comes here.</summary>
    protected abstract Tensor ComputeImage(Tensor z);
}
