using System.Numerics;
using System.Runtime.InteropServices;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace Microsoft.ML.Data;

/// <summary>What is kept of the values of one slot, without the missing ones.</summary>
internal sealed class SlotValues<T>(ReplacementMode mode) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<T, long> _counts = [];
    private double _mean;
    private long _count;
    private T _extreme = mode == ReplacementMode.Minimum ? T.PositiveInfinity : T.NegativeInfinity;

    public void Add(T value)
    {
        if (T.IsNaN(value))
            return;
        _count++;
        switch (mode)
        {
            case ReplacementMode.Mean:
                _mean += (double.CreateTruncating(value) - _mean) / _count;
                break;
            case ReplacementMode.Minimum:
                _extreme = T.Min(_extreme, value);
                break;
            case ReplacementMode.Maximum:
                _extreme = T.Max(_extreme, value);
                break;
            case ReplacementMode.Mode:
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _)++;
                break;
        }
    }

    /// <summary>0 where there was no value.</summary>
    public T Find() => _count == 0 ? T.Zero : mode switch
    {
        ReplacementMode.Mean => T.CreateTruncating(_mean),
        ReplacementMode.Minimum or ReplacementMode.Maximum => _extreme,
        ReplacementMode.Mode => _counts.MaxBy(pair => pair.Value).Key,
        _ => T.Zero,
    };
}
