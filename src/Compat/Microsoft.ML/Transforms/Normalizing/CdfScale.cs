using System.Collections.Immutable;
using System.Numerics;
using static Microsoft.ML.Transforms.NormalizingTransformer;

namespace Microsoft.ML.Data;

/// <summary>The share of a normal distribution below the value, by Winitzki's approximation of erf (2008); 0 for what is not finite and for constant slots.</summary>
internal sealed class CdfScale<T>(DataViewType type, T[] mean, T[] deviation) : ColumnScale<T>(type, mean, deviation) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_winitzki = T.CreateTruncating(0.147);

    public override NormalizerModelParametersBase Parameters => Type is VectorDataViewType
        ? new CdfNormalizerModelParameters<ImmutableArray<T>>([.. First], [.. Second], useLog: false)
        : new CdfNormalizerModelParameters<T>(First[0], Second[0], useLog: false);

    protected override bool IsAffine => false;

    protected override T Apply(int slot, T value)
    {
        if (!T.IsFinite(value) || Second[slot] <= T.Epsilon)
            return T.Zero;
        T x = (value - First[slot]) / Second[slot];
        T half = x * x / (T.One + T.One), a = s_winitzki * half;
        double exponent = -double.CreateTruncating(half) * (4 / Math.PI + double.CreateTruncating(a)) / double.CreateTruncating(T.One + a);
        return T.CreateTruncating(0.5 + 0.5 * T.Sign(x) * Math.Sqrt(1 - Math.Exp(exponent)));
    }
}
