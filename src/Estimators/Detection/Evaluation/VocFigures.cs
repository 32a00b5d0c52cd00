namespace Fovea.Detection.Evaluation;

/// <summary>Precision and recall of one class over the whole set by VOC's rule, and the two areas under their curve.</summary>
internal sealed class VocFigures
{
    private const int Points = 11;

    public VocFigures(ClassScores scores)
    {
        var (right, total) = (0, 0);
        var points = new List<(double Score, double Precision, double Recall)>(scores.Scores.Length);
        // Of each of the eleven recalls, the best precision at it or beyond. The recalls are multiples of 0.1 in float64, as NumPy
        // makes them and most evaluators with it: 3, 6 and 7 times 0.1 are above 0.3, 0.6 and 0.7, which a recall of 6/10 misses.
        var best = new double[Points];
        for (var i = 0; i < scores.Scores.Length; i++)
        {
            if (scores.Verdicts[i] == VocVerdict.Ignored)
                continue;
            total++;
            if (scores.Verdicts[i] == VocVerdict.Right)
                right++;
            var precision = (double)right / total;
            var recall = (double)right / scores.VocObjects;
            points.Add((scores.Scores[i], precision, recall));
            for (var p = 0; p < Points && recall >= (p == Points - 1 ? 1 : p * 0.1); p++)
                best[p] = Math.Max(best[p], precision);
        }
        Curve = new PrecisionRecallCurve([.. points.Select(p => p.Score)], [.. points.Select(p => p.Precision)], [.. points.Select(p => p.Recall)]);
        AllPoints = scores.VocObjects == 0 ? double.NaN : Area();
        ElevenPoints = scores.VocObjects == 0 ? double.NaN : best.Sum() / Points;
    }

    /// <summary>A point for each prediction that counts.</summary>
    public PrecisionRecallCurve Curve { get; }

    /// <summary>Area under the curve made monotone (VOC 2010 and later).</summary>
    public double AllPoints { get; }

    /// <summary>Mean of the best precisions from the recalls 0, 0.1, ..., 1 on (VOC 2007).</summary>
    public double ElevenPoints { get; }

    private double Area()
    {
        var (area, highest) = (0.0, 0.0);
        for (var i = Curve.Recall.Count - 1; i >= 0; i--)
        {
            highest = Math.Max(highest, Curve.Precision[i]);
            area += (Curve.Recall[i] - (i == 0 ? 0 : Curve.Recall[i - 1])) * highest;
        }
        return area;
    }
}
