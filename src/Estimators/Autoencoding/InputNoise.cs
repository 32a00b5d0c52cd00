using System.Globalization;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>Corrupts images in [0, 1]: what a denoising autoencoder sees instead of the clean ones. Immutable.</summary>
public sealed record InputNoise
{
    /// <summary>Made by the methods of this type, or read from a model.</summary>
    [JsonConstructor]
    internal InputNoise(InputNoiseKind kind, double amount) => (Kind, Amount) = (kind, amount);

    /// <summary>Which way.</summary>
    public InputNoiseKind Kind { get; }

    /// <summary>The deviation of Gaussian noise, of pixels in [0, 1]; else the share of pixels that are changed.</summary>
    public double Amount { get; }

    /// <summary>Normal noise, after which pixels are cut to [0, 1] as those of an image file are.</summary>
    /// <param name="deviation">Above 0 and finite, for pixels in [0, 1].</param>
    public static InputNoise Gaussian(double deviation) => new(InputNoiseKind.Gaussian, deviation);

    /// <summary>Pixels become 0 or 1, each with half of the share.</summary>
    /// <param name="share">Of the pixels, above 0 and at most 1.</param>
    public static InputNoise SaltAndPepper(double share) => new(InputNoiseKind.SaltAndPepper, share);

    /// <summary>Pixels become 0.</summary>
    /// <param name="share">Of the pixels, above 0 and below 1.</param>
    public static InputNoise Masking(double share) => new(InputNoiseKind.Masking, share);

    /// <summary>In words.</summary>
    public override string ToString() => Kind == InputNoiseKind.Gaussian
        ? string.Create(CultureInfo.InvariantCulture, $"Gaussian noise of deviation {Amount}")
        : string.Create(CultureInfo.InvariantCulture, $"{(Kind == InputNoiseKind.Masking ? "masking" : "salt and pepper")} of {Amount:P0} of the pixels");

    internal IEnumerable<string> Problems()
    {
        if (Kind == InputNoiseKind.Gaussian && (!(Amount > 0) || !double.IsFinite(Amount)))
            yield return $"Gaussian noise must have a deviation above 0, of pixels in [0, 1]; it is {Amount}";
        if (Kind == InputNoiseKind.SaltAndPepper && !(Amount is > 0 and <= 1))
            yield return $"salt and pepper must change a share of the pixels above 0 and at most 1; it is {Amount}";
        if (Kind == InputNoiseKind.Masking && !(Amount is > 0 and < 1))
            yield return $"masking must take a share of the pixels above 0 and below 1; it is {Amount}";
    }

    /// <param name="images">(N, C, H, W), float32, in [0, 1]; left as they are.</param>
    /// <param name="generator">Where the random numbers come from; null for LibTorch's own.</param>
    /// <returns>(N, C, H, W), float32, in [0, 1].</returns>
    internal Tensor Apply(Tensor images, Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (Kind == InputNoiseKind.Gaussian)
            return empty_like(images).normal_(0, Amount, generator).add_(images).clamp_(0, 1).MoveToOuterDisposeScope();
        var chance = empty([images.size(0), 1, images.size(2), images.size(3)], ScalarType.Float32, images.device).uniform_(0, 1, generator); // (N, 1, H, W)
        var result = images.masked_fill(chance.lt(Amount), 0);
        if (Kind == InputNoiseKind.SaltAndPepper)
            result.masked_fill_(chance.lt(Amount / 2), 1);
        return result.MoveToOuterDisposeScope();
    }
}
