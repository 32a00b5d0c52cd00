using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>
/// Maps to mean 0 and variance 1; or, so that 0 stays 0, to mean square 1; or to the normal distribution's cumulative probability. Running sums after
/// Welford (1962), zeros last.
/// </summary>
internal sealed class MeanVarianceBuilder<T> : ScaleBuilder<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _mean;
    private readonly double[] _squares;
    private readonly long[] _nonzero;
    private readonly long[] _infinite;

    public MeanVarianceBuilder(DataViewRow row, DataViewSchema.Column column, NormalizerSettings settings) : base(row, column, settings)
    {
        _mean = new double[Slots];
        _squares = new double[Slots];
        _nonzero = new long[Slots];
        _infinite = new long[Slots];
    }

    public override ColumnScale Build()
    {
        var scale = new T[Slots];
        var offset = new T[Slots];
        var deviation = new T[Slots];
        for (int slot = 0; slot < Slots; slot++)
        {
            var (mean, variance) = Moments(slot);
            if (!(variance > 0))
                continue;
            deviation[slot] = T.CreateTruncating(Math.Sqrt(variance));
            scale[slot] = T.One / (Settings is { FixZero: true, Kind: NormalizerKind.MeanVariance } ? T.CreateTruncating(Math.Sqrt(variance + mean * mean)) : deviation[slot]);
            if (!Settings.FixZero || Settings.Kind == NormalizerKind.MeanVarianceCdf)
                offset[slot] = T.CreateTruncating(mean);
        }

        return Settings.Kind == NormalizerKind.MeanVariance ? new AffineScale<T>(Type, scale, offset) : new CdfScale<T>(Type, offset, deviation);
    }

    protected override void Add(int slot, T value)
    {
        if (value == T.Zero)
            return;
        if (!T.IsFinite(value))
        {
            _infinite[slot]++;
            return;
        }

        double number = double.CreateTruncating(value);
        _nonzero[slot]++;
        double delta = number - _mean[slot];
        _mean[slot] += delta / _nonzero[slot];
        _squares[slot] += delta * (number - _mean[slot]);
    }

    private (double Mean, double Variance) Moments(int slot)
    {
        double mean = _mean[slot], squares = _squares[slot];
        long count = Rows - _infinite[slot], zeros = count - _nonzero[slot];
        if (zeros > 0)
        {
            double delta = -mean;
            mean += delta * zeros / count;
            squares += delta * -mean * zeros;
        }

        return (mean, squares / count);
    }
}
