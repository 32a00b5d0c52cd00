using System.Runtime.CompilerServices;
using Fovea.Data;

namespace Fovea.Reporting;

/// <summary>
/// Takes positives and negatives from the highest score down and keeps the corners of both curves, which are at most two for each
/// distinct score of a positive, however many negatives there are.
/// </summary>
internal sealed class ThresholdSweep : IDisposable
{
    private readonly PooledList<Point> _roc = new();
    private readonly PooledList<Point> _recall = new();
    private long _positives, _negatives;
    private double _misordered, _tied, _precision;

    public ThresholdSweep() => _roc.Add(new(double.PositiveInfinity, 0, 0));

    /// <summary>Sweeps over rows; scores must be numbers.</summary>
    public static ThresholdSweep Over(IEnumerable<(float Score, bool IsPositive)> rows)
    {
        var list = rows.ToList();
        return Over([.. list.Where(r => r.IsPositive).Select(r => r.Score)], [.. list.Where(r => !r.IsPositive).Select(r => r.Score)]);
    }

    /// <summary>Sweeps over scores, which it sorts.</summary>
    /// <param name="positives">Numbers.</param>
    /// <param name="negatives">Numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ThresholdSweep Over(Span<float> positives, Span<float> negatives)
    {
        ScoreSort.Sort(positives);
        ScoreSort.Sort(negatives);
        var sweep = new ThresholdSweep();
        var (p, n) = (positives.Length - 1, negatives.Length - 1);
        for (var isFirst = true; p >= 0 || n >= 0; isFirst = false)
        {
            var (before, others) = (p, n);
            var (positive, negative) = (p < 0 ? float.NegativeInfinity : positives[p], n < 0 ? float.NegativeInfinity : negatives[n]);
            // Negatives between two positives are one stretch of both curves; only the highest score of all has a point of its own.
            var lowest = negative > positive && !isFirst ? MathF.BitIncrement(positive) : Math.Max(positive, negative);
            while (p >= 0 && positives[p] >= lowest)
                p--;
            while (n >= 0 && negatives[n] >= lowest)
                n--;
            sweep.Take(p < before ? positive : negatives[n + 1], before - p, others - n, isExact: true);
        }
        return sweep;
    }

    /// <summary>Takes the next rows.</summary>
    /// <param name="threshold">Their lowest score, below all that were taken before.</param>
    /// <param name="positives">How many of them are positive.</param>
    /// <param name="negatives">How many are not.</param>
    /// <param name="isExact">Whether their scores are equal; else nobody knows their order.</param>
    public void Take(double threshold, long positives, long negatives, bool isExact)
    {
        if (positives + negatives == 0)
            return;
        _misordered += (double)positives * _negatives;
        var both = (double)positives * negatives;
        _misordered += both / 2;
        if (!isExact)
            _tied += both / 2;
        (_positives, _negatives) = (_positives + positives, _negatives + negatives);
        _precision += positives * ((double)_positives / (_positives + _negatives));
        var point = new Point(threshold, _positives, _negatives);
        if (_roc.Count > 1 && IsStraight(_roc.Values[^2], _roc.Values[^1], point))
            _roc.Values[^1] = point;
        else
            _roc.Add(point);
        if (_recall.Count > 1 && _recall.Values[^2].Positives == _recall.Values[^1].Positives && _recall.Values[^1].Positives == _positives)
            _recall.Values[^1] = point;
        else
            _recall.Add(point);
    }

    /// <summary>All of it.</summary>
    public ScoreCurves Curves() => new(Roc(), PrecisionRecall(), AveragePrecision());

    public RocCurve Roc()
    {
        var pairs = (double)_positives * _negatives;
        return new(Values(_roc, p => p.Threshold), Values(_roc, p => (double)p.Negatives / _negatives), Values(_roc, p => (double)p.Positives / _positives))
        {
            Area = (pairs - _misordered) / pairs,
            AreaError = _tied / pairs,
        };
    }

    public PrecisionRecallCurve PrecisionRecall() => new(Values(_recall, p => p.Threshold),
        Values(_recall, p => (double)p.Positives / (p.Positives + p.Negatives)), Values(_recall, p => (double)p.Positives / _positives));

    /// <summary>Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores, without interpolation, 0 to 1; NaN without positives.</summary>
    public double AveragePrecision() => _precision / _positives;

    public void Dispose()
    {
        _roc.Dispose();
        _recall.Dispose();
    }

    private static double[] Values(PooledList<Point> points, Func<Point, double> value)
    {
        var values = GC.AllocateUninitializedArray<double>(points.Count);
        for (var i = 0; i < values.Length; i++)
            values[i] = value(points.Values[i]);
        return values;
    }

    private static bool IsStraight(Point a, Point b, Point c) =>
        (Int128)(b.Positives - a.Positives) * (c.Negatives - b.Negatives) == (Int128)(c.Positives - b.Positives) * (b.Negatives - a.Negatives);

    /// <summary>How many positives and negatives score at least a threshold.</summary>
    private readonly record struct Point(double Threshold, long Positives, long Negatives);
}
