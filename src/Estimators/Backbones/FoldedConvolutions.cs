using Fovea.Native;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// The batch norms and ReLUs of a network folded into its convolutions, for prediction, until disposed: no pass over every map for them. The weights
/// that are stored stay as they are; from the first prediction on, folded copies of the convolutions' stand beside them, in the type that the network
/// computes in. In train mode they are not used. To be made anew where weights change.
/// </summary>
internal sealed class FoldedConvolutions : IDisposable
{
    private readonly IReadOnlyList<ConvolutionNorm> _folded;

    private FoldedConvolutions(IReadOnlyList<ConvolutionNorm> folded) => _folded = folded;

    /// <param name="network">All its modules that are <see cref="IConvolutionNorms"/> take part; a network without such stays as it is.</param>
    /// <param name="precision">Of its convolutions.</param>
    /// <param name="device">Where it is.</param>
    public static FoldedConvolutions Of(nn.Module network, Precision precision, Device device)
    {
        var folded = In(network).ToList();
        var packs = folded.Count > 0 && CanPack(precision, device);
        foreach (var convolution in folded)
            convolution.Fold(precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32, packs);
        return new(folded);
    }

    /// <summary>
    /// What a classifier predicts in. <see cref="Precision.Auto"/> is float32 on a CPU that multiplies bfloat16 with the vectors it multiplies float32 with,
    /// where three fourths of the weights are those of convolutions of which the door saves most products: that is as fast there, and rounds less. A
    /// ResNet-18 predicts 197 images of 224x224 a second in either (32 together, 2 cores of an AMD EPYC with AVX512-BF16, 2026-11-22);
    /// a U-Net with few channels on large maps is not, so that segmenters and detectors keep to bfloat16.
    /// </summary>
    /// <inheritdoc cref="MixedPrecision.Choose"/>
    public static Precision Choose(Precision asked, nn.Module network, Device device)
    {
        var chosen = MixedPrecision.Choose(asked, device);
        if (asked != Precision.Auto || chosen != Precision.BFloat16 || !CanPack(chosen, device) || (LibTorch.Describe().BFloat16 & BFloat16Hardware.Amx) != 0)
            return chosen;
        var saved = In(network).Where(c => c.SavesProducts).Sum(c => c.Weights);
        return 4 * saved >= 3 * network.parameters().Where(p => p.dim() == 4).Sum(p => p.numel()) && saved > 0 ? Precision.Float32 : chosen;
    }

    /// <summary>Something in the network can be folded.</summary>
    public static bool Concern(nn.Module network) => In(network).Any();

    public void Dispose()
    {
        foreach (var convolution in _folded)
            convolution.Unfold();
    }

    private static IEnumerable<ConvolutionNorm> In(nn.Module network) => network.modules().Prepend(network).OfType<IConvolutionNorms>().SelectMany(m => m.ConvolutionNorms);

    // oneDNN's bfloat16 wants AVX512; LibTorch's operators do without.
    private static bool CanPack(Precision precision, Device device)
    {
        if (device.type != DeviceType.CPU || NativeDoor.WhyClosed is not null)
            return false;
        var machine = LibTorch.Describe();
        return machine.OneDnn && (precision != Precision.BFloat16 || (machine.BFloat16 & (BFloat16Hardware.Avx512 | BFloat16Hardware.Amx)) != 0);
    }
}
