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
