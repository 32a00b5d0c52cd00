using System.Globalization;
using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// −(1 − p)^γ·log p of each pixel's class, averaged over the pixels that count: pixels the network is sure of count less
/// (Lin et al., 2017, https://arxiv.org/abs/1708.02002).
/// </summary>
/// <remarks>The paper's is for yes or no and divides by the number of objects; here p is the softmax probability of the true class and the divisor the number of pixels.</remarks>
public sealed record FocalLoss : SegmentationLoss
{
    /// <summary>γ, at least 0; 0 is cross-entropy. Default 2.</summary>
    public double Gamma { get; init; } = 2;

    internal override IEnumerable<string> Problems()
    {
        if (!(Gamma >= 0) || !double.IsFinite(Gamma))
            yield return $"{nameof(FocalLoss)}.{nameof(Gamma)} must be a finite number of at least 0; it is {Gamma}";
    }

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var logs = logits.log_softmax(1);                                                       // (N, K, H, W)
        var log = logs.gather(1, targets.Indices.clamp_min(0).unsqueeze(1)).squeeze(1);         // (N, H, W)
        // 1 - p as -expm1(log p): exact where p is close to 1. The bound keeps the power's gradient finite at p = 1.
        var doubt = log.expm1().neg().clamp_min(1e-12);
        var losses = (doubt.pow(Gamma) * log).neg().masked_fill(targets.IsIgnored, 0);
        return losses.sum() / targets.IsIgnored.logical_not().sum().clamp_min(1);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"focal ({Gamma:0.###})");
}
