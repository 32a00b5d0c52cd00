using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What a scale is made of.</summary>
internal enum NormalizerKind
{
    MinMax,
    MeanVariance,
    MeanVarianceCdf,
}

/// <summary>How a scale is learned: of how many rows, and whether 0 stays 0.</summary>
internal sealed class NormalizerSettings
{
    public NormalizerSettings(NormalizerKind kind, long maximumExampleCount, bool fixZero)
    {
        Check.Param(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        (Kind, MaximumExampleCount, FixZero) = (kind, maximumExampleCount, fixZero);
    }

    public NormalizerKind Kind { get; }

    public long MaximumExampleCount { get; }

    public bool FixZero { get; }
}
