using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// The batch norms of a network folded into its convolutions, for prediction, until disposed: no pass over every map for the norm. The weights that are
/// stored stay as they are; folded copies of the convolutions' stand beside them, in the type that the network computes in. In train mode they are
/// not used. To be made anew where weights change.
/// </summary>
internal sealed class FoldedConvolutions : IDisposable
{
    private readonly IReadOnlyList<ConvolutionNorm> _folded;

    private FoldedConvolutions(IReadOnlyList<ConvolutionNorm> folded) => _folded = folded;

    /// <param name="network">All its modules that are <see cref="IConvolutionNorms"/> take part.</param>
    /// <param name="precision">Of its convolutions.</param>
    public static FoldedConvolutions Of(nn.Module network, Precision precision)
    {
        var folded = network.modules().Prepend(network).OfType<IConvolutionNorms>().SelectMany(m => m.ConvolutionNorms).ToList();
        foreach (var pair in folded)
            pair.Fold(precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
        return new(folded);
    }

    public void Dispose()
    {
        foreach (var pair in _folded)
            pair.Unfold();
    }
}
