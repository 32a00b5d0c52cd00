using System.Collections.Immutable;
using System.Numerics;
using static Microsoft.ML.Transforms.NormalizingTransformer;

namespace Microsoft.ML.Data;

/// <summary>(value - offset) * scale.</summary>
internal sealed class AffineScale<T>(DataViewType type, T[] scale, T[] offset) : ColumnScale<T>(type, scale, offset) where T : unmanaged, IFloatingPointIeee754<T>
{
    // A vector whose offsets are all 0 has none, as in the packages.
    public override NormalizerModelParametersBase Parameters => Type is VectorDataViewType
        ? new AffineNormalizerModelParameters<ImmutableArray<T>>([.. First], Second.All(T.IsZero) ? default : [.. Second])
        : new AffineNormalizerModelParameters<T>(First[0], Second[0]);

    protected override bool IsAffine => true;

    protected override T Apply(int slot, T value) => (value - Second[slot]) * First[slot];
}
