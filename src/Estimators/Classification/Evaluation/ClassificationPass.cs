using Microsoft.ML;

namespace Fovea.Classification.Evaluation;

/// <summary>One pass over predictions.</summary>
internal static class ClassificationPass
{
    // Of a true class to which a score of 0 was given; without a bound one such row makes the loss infinite. ML.NET's bound too.
    private const double LeastScore = 1e-15;

    /// <exception cref="ArgumentException">A column is missing or of another type, or the classes have no names that fit.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a label is missing or unknown, or scores are no probabilities.</exception>
    public static ClassificationMetrics Run(IDataView view, ClassificationEvaluation options)
    {
        using var rows = new ScoredRows(view, options);
        var classes = rows.ClassNames.Count;
        var counts = new long[classes, classes];
        using var table = new ScoreTable(classes, options.ExactScores);
        var (reliability, mistakes) = (new Reliability(options.ReliabilityBins), new ConfidentMistakes(options.Mistakes));
        var (loss, brier, top, count) = (0.0, 0.0, 0L, 0L);
        for (; rows.MoveNext(); count++)
        {
            var (truth, predicted) = (rows.Truth, rows.Predicted);
            var scores = rows.Scores;
            counts[truth, predicted]++;
            table.Add(truth, scores);
            reliability.Add(scores[predicted], predicted == truth);
            if (predicted != truth)
                mistakes.Add(new(rows.Row, truth, predicted, scores[predicted], scores[truth]));
            loss -= Math.Log(Math.Max(LeastScore, scores[truth]));
            var (squares, before) = (0.0, 0);
            for (var k = 0; k < classes; k++)
            {
                var miss = scores[k] - (k == truth ? 1.0 : 0);
                squares += miss * miss;
                before += k != truth && scores[k] >= scores[truth] ? 1 : 0;
            }
            brier += squares;
            top += before < options.Top ? 1 : 0;
        }
        if (count == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        return new ClassificationMetrics(rows.ClassNames, counts, table.Curves())
        {
            Top = options.Top,
            TopAccuracy = (double)top / count,
            LogLoss = loss / count,
            BrierScore = brier / count,
            IsExact = table.IsExact,
            Reliability = reliability.Bins(),
            Mistakes = mistakes.Ordered(),
        };
    }
}
