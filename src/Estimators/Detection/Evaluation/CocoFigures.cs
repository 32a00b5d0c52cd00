namespace Fovea.Detection.Evaluation;

/// <summary>COCO's figures of one class, from its predictions over the whole set.</summary>
internal sealed class CocoFigures
{
    /// <summary>Predictions of an image that count: the best 1, 10 and 100.</summary>
    public static readonly int[] Most = [1, 10, CocoMatching.MostPredictions];

    /// <summary>Recalls at which the precision is taken: 0, 0.01, ..., 1, by the steps that NumPy's linspace takes.</summary>
    private static readonly double[] Recalls = [.. Enumerable.Range(0, 101).Select(i => i == 100 ? 1 : i * 0.01)];

    /// <summary>NumPy's spacing(1): keeps 0 / 0 away.</summary>
    private const double Spacing = 2.220446049250313e-16;

    private readonly double[] _precisions;
    private readonly double[] _recalls;

    public CocoFigures(ClassScores scores)
    {
        (_precisions, _recalls) = (new double[scores.Scores.Length], new double[scores.Scores.Length]);
        for (var area = 0; area < CocoMatching.Areas.Length; area++)
            for (var t = 0; t < CocoMatching.Thresholds.Length; t++)
                for (var m = 0; m < Most.Length; m++)
                {
                    var objects = scores.CocoObjects[area];
                    if (objects == 0)
                        (Precision[area, t], Recall[area, t, m]) = (double.NaN, double.NaN);
                    else if (area == 0 || m == Most.Length - 1)
                    {
                        var count = Accumulate(scores, CocoHit.Bit(area, t), Most[m], objects);
                        Recall[area, t, m] = count == 0 ? 0 : _recalls[count - 1];
                        if (m == Most.Length - 1)
                            Precision[area, t] = Average(count);
                    }
                }
    }

    /// <summary>(areas, thresholds): mean precision over the 101 recalls; NaN where there is no such object.</summary>
    public double[,] Precision { get; } = new double[CocoMatching.Areas.Length, CocoMatching.Thresholds.Length];

    /// <summary>(areas, thresholds, <see cref="Most"/>): the recall reached. For a range of areas the last only.</summary>
    public double[,,] Recall { get; } = new double[CocoMatching.Areas.Length, CocoMatching.Thresholds.Length, Most.Length];

    /// <returns>How many points precision and recall have.</returns>
    private int Accumulate(ClassScores scores, ulong bit, int most, int objects)
    {
        var hits = scores.Hits;
        var ranks = scores.Ranks;
        var (right, wrong, count) = (0.0, 0.0, 0);
        for (var i = 0; i < hits.Length; i++)
        {
            if (ranks[i] >= most)
                continue;
            if ((hits[i].Ignored & bit) == 0)
            {
                if ((hits[i].Matched & bit) != 0)
                    right++;
                else
                    wrong++;
            }
            _precisions[count] = right / (wrong + right + Spacing);
            _recalls[count++] = right / objects;
        }
        return count;
    }

    private double Average(int count)
    {
        for (var i = count - 1; i > 0; i--)
            _precisions[i - 1] = Math.Max(_precisions[i - 1], _precisions[i]);
        var (sum, at) = (0.0, 0);
        foreach (var recall in Recalls)
        {
            while (at < count && _recalls[at] < recall)
                at++;
            if (at == count)
                break;
            sum += _precisions[at];
        }
        return sum / Recalls.Length;
    }
}
