using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ThresholdSweepTests
{
    [Fact]
    public void Area_CountedByHand()
    {
        // Pairs: (3 against 1: 1), (3 against 2: 1), (2 against 1: 1), (2 against 2: a half) of four.
        Assert.Equal(3.5 / 4, Area([(1, false), (2, false), (2, true), (3, true)]));
        Assert.Equal(0.5, Area([(1, true), (1, false)]));
        Assert.Equal(double.NaN, Area([(1, true)]));
        Assert.Equal(double.NaN, Area([]));
    }

    [Fact]
    public void Curves_CountedByHand()
    {
        var sweep = ThresholdSweep.Over([(4, true), (3, false), (3, true), (2, true), (1, false), (0, false)]);
        var roc = sweep.Roc();
        Assert.Equal([double.PositiveInfinity, 4, 3, 2, 0], roc.Thresholds); // from 2 to 0 only negatives follow: one straight line
        Assert.Equal([0, 0, 1 / 3.0, 1 / 3.0, 1], roc.FalsePositiveRate);
        Assert.Equal([0, 1 / 3.0, 2 / 3.0, 1, 1], roc.TruePositiveRate);
        var curve = sweep.PrecisionRecall();
        Assert.Equal([4, 3, 2, 0], curve.Scores);
        Assert.Equal([1, 2 / 3.0, 3 / 4.0, 1 / 2.0], curve.Precision);
        Assert.Equal([1 / 3.0, 2 / 3.0, 1, 1], curve.Recall);
        Assert.Equal((1 + 2 / 3.0 + 3 / 4.0) / 3, sweep.AveragePrecision(), 1e-15); // order of sums
    }

    [Fact]
    public void Curves_NegativesOnTop_CountedByHand()
    {
        var sweep = ThresholdSweep.Over([(6, false), (5, false), (4, true), (3, false), (2, false), (1, true)]);
        var roc = sweep.Roc();
        Assert.Equal([double.PositiveInfinity, 5, 4, 2, 1], roc.Thresholds);
        Assert.Equal([0, 2 / 4.0, 2 / 4.0, 1, 1], roc.FalsePositiveRate);
        Assert.Equal([0, 0, 1 / 2.0, 1 / 2.0, 1], roc.TruePositiveRate);
        var curve = sweep.PrecisionRecall();
        Assert.Equal([6, 5, 4, 2, 1], curve.Scores); // the highest has its point; from 4 to 2 only precision changes
        Assert.Equal([0, 0, 1 / 3.0, 1 / 5.0, 2 / 6.0], curve.Precision);
        Assert.Equal([0, 0, 1 / 2.0, 1 / 2.0, 1], curve.Recall);
    }

    [Fact]
    public void Area_ManyRows_IsTheNaiveCountOfPairs()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 300).Select(_ => (Score: random.Next(40) / 8f, IsPositive: random.Next(3) == 0)).ToList();
        var (pairs, right) = (0, 0.0);
        foreach (var positive in rows.Where(r => r.IsPositive))
            foreach (var negative in rows.Where(r => !r.IsPositive))
            {
                pairs++;
                right += positive.Score > negative.Score ? 1 : positive.Score == negative.Score ? 0.5 : 0;
            }
        Assert.Equal(right / pairs, Area(rows), 1e-15); // one division each
    }

    [Fact]
    public void Area_UnderTheCurvesPoints_IsTheArea()
    {
        var random = new Random(6);
        var roc = ThresholdSweep.Over(Enumerable.Range(0, 200).Select(_ => (random.NextSingle(), random.Next(2) == 0))).Roc();
        var trapezoids = Enumerable.Range(1, roc.Thresholds.Count - 1).Sum(i => (roc.FalsePositiveRate[i] - roc.FalsePositiveRate[i - 1]) * (roc.TruePositiveRate[i] + roc.TruePositiveRate[i - 1]) / 2);
        Assert.Equal(trapezoids, roc.Area, 1e-13); // order of sums
    }

    private static double Area(IEnumerable<(float, bool)> rows) => ThresholdSweep.Over(rows).Roc().Area;
}
