using System.Buffers;
using System.Runtime.CompilerServices;
using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Classification.Evaluation;

/// <summary>
/// The scores that curves are made of. Up to a number of them each is kept; from there on they are counted in
/// <see cref="ScoreSteps"/>, whose memory does not grow with the rows: 14 KB a class.
/// </summary>
/// <param name="classes">K.</param>
/// <param name="most">So many scores are kept.</param>
internal sealed class ScoreTable(int classes, long most) : IDisposable
{
    private readonly PooledList<int> _truths = new();
    private readonly PooledList<float> _scores = new(); // (rows, K)
    private int[,]? _positives, _negatives; // (K, steps)

    /// <summary>Whether every score is kept.</summary>
    public bool IsExact => _positives is null;

    /// <summary>Adds a row.</summary>
    /// <param name="truth">Its class.</param>
    /// <param name="scores">(K,), 0 to 1.</param>
    public void Add(int truth, ReadOnlySpan<float> scores)
    {
        if (IsExact && (_truths.Count + 1L) * classes > most)
            CountKept();
        if (!IsExact)
        {
            Count(truth, scores);
            return;
        }
        _truths.Add(truth);
        _scores.AddRange(scores);
    }

    /// <returns>Of each class against all others, and last of every class of every row as a case of its own.</returns>
    public ScoreCurves[] Curves()
    {
        var curves = new ScoreCurves[classes + 1];
        // The last take as long as the others together, so they begin first.
        Parallel.For(0, curves.Length, i =>
        {
            var (first, end) = i == 0 ? (0, classes) : (classes - i, classes - i + 1);
            using var sweep = IsExact ? Kept(first, end) : Steps(first, end);
            curves[classes - i] = sweep.Curves();
        });
        return curves;
    }

    public void Dispose()
    {
        _truths.Dispose();
        _scores.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ThresholdSweep Kept(int first, int end)
    {
        ReadOnlySpan<int> truths = _truths.Values;
        ReadOnlySpan<float> scores = _scores.Values;
        var ofThese = end - first == 1 ? truths.Count(first) : truths.Length;
        var (positives, negatives) = (ArrayPool<float>.Shared.Rent(ofThese), ArrayPool<float>.Shared.Rent(truths.Length * (end - first) - ofThese));
        var (p, n) = (0, 0);
        for (var row = 0; row < truths.Length; row++)
            for (var k = first; k < end; k++)
                if (truths[row] == k)
                    positives[p++] = scores[row * classes + k];
                else
                    negatives[n++] = scores[row * classes + k];
        var sweep = ThresholdSweep.Over(positives.AsSpan(0, p), negatives.AsSpan(0, n));
        ArrayPool<float>.Shared.Return(positives);
        ArrayPool<float>.Shared.Return(negatives);
        return sweep;
    }

    private ThresholdSweep Steps(int first, int end)
    {
        var sweep = new ThresholdSweep();
        for (var step = ScoreSteps.Count - 1; step >= 0; step--)
        {
            var (positives, negatives) = (0L, 0L);
            for (var k = first; k < end; k++)
                (positives, negatives) = (positives + _positives![k, step], negatives + _negatives![k, step]);
            sweep.Take(ScoreSteps.From(step), positives, negatives, isExact: false);
        }
        return sweep;
    }

    private void Count(int truth, ReadOnlySpan<float> scores)
    {
        for (var k = 0; k < classes; k++)
            (k == truth ? _positives! : _negatives!)[k, ScoreSteps.Of(scores[k])]++;
    }

    private void CountKept()
    {
        (_positives, _negatives) = (new int[classes, ScoreSteps.Count], new int[classes, ScoreSteps.Count]);
        for (var row = 0; row < _truths.Count; row++)
            Count(_truths.Values[row], _scores.Values.Slice(row * classes, classes));
        Dispose();
    }
}
