using Fovea.Reporting;

namespace Fovea.Classification.Evaluation;

/// <summary>
/// The scores that curves are made of. Up to a number of them each is kept; from there on they are counted in
/// <see cref="ScoreSteps"/>, whose memory does not grow with the rows: 14 KB a class.
/// </summary>
/// <param name="classes">K.</param>
/// <param name="most">So many scores are kept.</param>
internal sealed class ScoreTable(int classes, long most)
{
    private readonly List<int> _truths = [];
    private List<float>[]? _scores = [.. Enumerable.Range(0, classes).Select(_ => new List<float>())];
    private int[,]? _positives, _negatives; // (K, steps)

    /// <summary>Whether every score is kept.</summary>
    public bool IsExact => _scores is not null;

    /// <summary>Adds a row.</summary>
    /// <param name="truth">Its class.</param>
    /// <param name="scores">(K,), 0 to 1.</param>
    public void Add(int truth, ReadOnlySpan<float> scores)
    {
        if (_scores is not null && (_truths.Count + 1L) * classes > most)
            CountKept();
        if (_scores is null)
        {
            for (var k = 0; k < classes; k++)
                (k == truth ? _positives! : _negatives!)[k, ScoreSteps.Of(scores[k])]++;
            return;
        }
        _truths.Add(truth);
        for (var k = 0; k < classes; k++)
            _scores[k].Add(scores[k]);
    }

    /// <summary>A class against all others.</summary>
    public ThresholdSweep Class(int k)
    {
        if (_scores is null)
            return Steps(step => (_positives![k, step], _negatives![k, step]));
        var (positives, negatives) = (new List<float>(), new List<float>(_truths.Count));
        Part(k, positives, negatives);
        return ThresholdSweep.Over([.. positives], [.. negatives], isExact: true);
    }

    /// <summary>Every class of every row as a case of its own.</summary>
    public ThresholdSweep All()
    {
        if (_scores is null)
            return Steps(step => (Sum(_positives!, step), Sum(_negatives!, step)));
        var (positives, negatives) = (new List<float>(_truths.Count), new List<float>(_truths.Count * (classes - 1)));
        for (var k = 0; k < classes; k++)
            Part(k, positives, negatives);
        return ThresholdSweep.Over([.. positives], [.. negatives], isExact: true);
    }

    private void Part(int k, List<float> positives, List<float> negatives)
    {
        for (var row = 0; row < _truths.Count; row++)
            (_truths[row] == k ? positives : negatives).Add(_scores![k][row]);
    }

    private static ThresholdSweep Steps(Func<int, (long Positives, long Negatives)> counts)
    {
        var sweep = new ThresholdSweep();
        for (var step = ScoreSteps.Count - 1; step >= 0; step--)
        {
            var (positives, negatives) = counts(step);
            sweep.Take(ScoreSteps.From(step), positives, negatives, isExact: false);
        }
        return sweep;
    }

    private long Sum(int[,] counts, int step)
    {
        var sum = 0L;
        for (var k = 0; k < classes; k++)
            sum += counts[k, step];
        return sum;
    }

    private void CountKept()
    {
        (_positives, _negatives) = (new int[classes, ScoreSteps.Count], new int[classes, ScoreSteps.Count]);
        for (var row = 0; row < _truths.Count; row++)
            for (var k = 0; k < classes; k++)
                (k == _truths[row] ? _positives : _negatives)[k, ScoreSteps.Of(_scores![k][row])]++;
        _truths.Clear();
        _scores = null;
    }
}
