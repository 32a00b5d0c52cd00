using Microsoft.ML;

namespace Fovea.Tests.Classification;

public class ClassificationMetricsTests
{
    private static readonly MLContext Ml = new();

    public static TheoryData<string> Cases => [.. ScikitLearn.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EvaluateClassification_CountsAndMeans_AgreeWithScikitLearn(string name)
    {
        var (expected, metrics) = Measured(name);
        Assert.Equal(expected.Counts, metrics.Counts.Cast<long>());
        Assert.Equal(expected.Truth.Length, metrics.Rows);
        Assert.Equal(expected.Accuracy, metrics.Accuracy, 1e-15); // one division each, so an ulp
        var present = expected.Present.Select(k => metrics.Classes[k]).ToList();
        AssertAll(expected.Precision, present.Select(c => c.Precision), 1e-15);
        AssertAll(expected.Recall, present.Select(c => c.Recall), 1e-15);
        AssertAll(expected.F1, present.Select(c => c.F1), 1e-15);
        Assert.Equal(expected.Support, present.Select(c => c.Support));
        AssertAll([expected.MacroPrecision, expected.MacroRecall, expected.MacroF1], [metrics.MacroPrecision, metrics.MacroRecall, metrics.MacroF1], 1e-14); // order of sums
        Assert.Equal(Enumerable.Range(0, expected.Classes).Except(expected.Present).Select(k => $"class {k}"), metrics.AbsentClasses);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EvaluateClassification_Losses_AgreeWithScikitLearn(string name)
    {
        var (expected, metrics) = Measured(name);
        Assert.Equal(expected.LogLoss, metrics.LogLoss, 1e-6); // scikit-learn divides a row by its sum, which float32 misses by 1e-7
        Assert.Equal(expected.Brier, metrics.BrierScore, 1e-13); // order of sums
        if (expected.Top2 is { } top)
            Assert.Equal(top, metrics.TopAccuracy, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EvaluateClassification_Areas_AgreeWithScikitLearn(string name)
    {
        var (expected, metrics) = Measured(name);
        var present = expected.Present.Select(k => metrics.Classes[k]).ToList();
        // scikit-learn sums trapezoids in float64; ours are counts.
        AssertAll(expected.Curves.Select(c => c.Area), present.Select(c => c.Roc.Area), 1e-13);
        AssertAll(expected.Curves.Select(c => c.AveragePrecision), present.Select(c => c.AveragePrecision), 1e-13);
        Assert.Equal(expected.Curves.Average(c => c.Area), metrics.MacroArea, 1e-13);
        Assert.Equal(expected.Curves.Average(c => c.AveragePrecision), metrics.MacroAveragePrecision, 1e-13);
        Assert.Equal(expected.MicroArea, metrics.MicroRoc.Area, 1e-13);
        Assert.Equal(expected.MicroAveragePrecision, metrics.MicroAveragePrecision, 1e-13);
        Assert.True(metrics.IsExact);
        Assert.All(present, c => Assert.Equal(0, c.Roc.AreaError));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EvaluateClassification_Curves_AreScikitLearnsWithoutPointsOnAStraightLine(string name)
    {
        var (expected, metrics) = Measured(name);
        foreach (var (k, curve) in expected.Present.Zip(expected.Curves))
        {
            var roc = metrics.Classes[k].Roc;
            Assert.Equal((0.0, 0.0), (roc.FalsePositiveRate[0], roc.TruePositiveRate[0]));
            Assert.Equal((1.0, 1.0), (roc.FalsePositiveRate[^1], roc.TruePositiveRate[^1]));
            // Each of ours is one of theirs, and each of theirs lies on ours.
            for (var i = 1; i < roc.Thresholds.Count; i++)
            {
                var at = Array.IndexOf(curve.Thresholds, roc.Thresholds[i]);
                Assert.Equal((curve.Fpr[at + 1], curve.Tpr[at + 1]), (roc.FalsePositiveRate[i], roc.TruePositiveRate[i]));
            }
            for (var i = 0; i < curve.Fpr.Length; i++)
                Assert.True(IsOn(roc, curve.Fpr[i], curve.Tpr[i]));

            var recall = metrics.Classes[k].PrecisionRecall;
            for (var i = 0; i < recall.Scores.Count; i++)
            {
                var at = Array.IndexOf(curve.Scores, recall.Scores[i]);
                if (at < 0)
                    Assert.Equal(1, recall.Recall[i]); // theirs ends with the first score that finds all
                else
                    Assert.Equal((curve.Recall[at], curve.Precision[at]), (recall.Recall[i], recall.Precision[i]));
            }
            // No step of recall is left out.
            Assert.Equal(curve.Recall.Where(r => r > 0).Distinct(), recall.Recall.Where(r => r > 0).Distinct());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EvaluateClassification_Calibration_AgreesWithScikitLearn(string name)
    {
        var (expected, metrics) = Measured(name);
        var shown = metrics.Reliability.Where(b => b.Count > 0).ToList();
        AssertAll(expected.BinAccuracy, shown.Select(b => b.Accuracy), 1e-14); // order of sums
        AssertAll(expected.BinConfidence, shown.Select(b => b.Confidence), 1e-14);
        var distances = expected.BinAccuracy.Zip(expected.BinConfidence, (a, c) => Math.Abs(a - c)).ToList();
        Assert.Equal(distances.Zip(shown, (d, b) => d * b.Count).Sum() / expected.Truth.Length, metrics.ExpectedCalibrationError, 1e-14);
        Assert.Equal(distances.Max(), metrics.MaximumCalibrationError, 1e-14);
        Assert.Equal(15, metrics.Reliability.Count);
    }

    [Fact]
    public void EvaluateClassification_FourRows_IsAsCountedByHand()
    {
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["a", "b", "c"],
        [
            new(0, 0, 0.5f, 0.25f, 0.25f),
            new(0, 1, 0.25f, 0.75f, 0),
            new(1, 1, 0.25f, 0.5f, 0.25f),
            new(1, 0, 0.5f, 0.25f, 0.25f),
        ]), new() { Top = 2, ReliabilityBins = 2 });
        Assert.Equal([1, 1, 0, 1, 1, 0, 0, 0, 0], metrics.Counts.Cast<long>());
        Assert.Equal(0.5, metrics.Accuracy);
        // In the first row the true class is first, in the third too; in the second it comes second alone, in the fourth level with c, which goes first.
        Assert.Equal(0.75, metrics.TopAccuracy);
        Assert.Equal((Math.Log(2) + Math.Log(4) + Math.Log(2) + Math.Log(4)) / 4, metrics.LogLoss, 1e-15); // order of sums
        Assert.Equal((0.375 + 1.125 + 0.375 + 0.875) / 4, metrics.BrierScore);
        // a: positives 0.5, 0.25, negatives 0.25, 0.5: of four pairs one is right, two level.
        Assert.Equal((1 + 0.5 + 0.5) / 4, metrics.Classes[0].Roc.Area);
        Assert.Equal(["c"], metrics.AbsentClasses);
        Assert.Equal((double.NaN, double.NaN, double.NaN, double.NaN), (metrics.Classes[2].Precision, metrics.Classes[2].Recall, metrics.Classes[2].Roc.Area, metrics.Classes[2].AveragePrecision));
        Assert.Equal((0.5, 0.5), (metrics.MacroPrecision, metrics.MacroRecall));
        // Confidences 0.5 (right), 0.75 (wrong), 0.5 (right), 0.5 (wrong); a half belongs to the lower range.
        Assert.Equal([new ReliabilityBin(0, 0.5, 3, 0.5, 2 / 3.0), new ReliabilityBin(0.5, 1, 1, 0.75, 0)], metrics.Reliability);
        Assert.Equal((3 * (2 / 3.0 - 0.5) + 0.75) / 4, metrics.ExpectedCalibrationError, 1e-15);
        Assert.Equal(0.75, metrics.MaximumCalibrationError);
        Assert.Equal([new ConfusedPair(0, 1, 1, 0.5), new ConfusedPair(1, 0, 1, 0.5)], metrics.MostConfused());
        Assert.Equal([new ClassificationMistake(1, 0, 1, 0.75, 0.25), new ClassificationMistake(3, 1, 0, 0.5, 0.25)], metrics.Mistakes);
    }

    [Fact]
    public void EvaluateClassification_RowsInAnotherOrder_AreTheSame()
    {
        var expected = ScikitLearn.All[2];
        var rows = expected.Rows;
        rows.Reverse();
        var (there, back) = (Measured(expected.Name).Metrics, Ml.Vision.EvaluateClassification(ScoredRow.View(expected.ClassNames, rows)));
        Assert.Equal(there.Classes.Select(c => c.Roc.Area), back.Classes.Select(c => c.Roc.Area));
        Assert.Equal(there.Classes[0].Roc.TruePositiveRate, back.Classes[0].Roc.TruePositiveRate);
        Assert.Equal(there.MicroAveragePrecision, back.MicroAveragePrecision);
        Assert.Equal(there.LogLoss, back.LogLoss, 1e-14); // order of sums
    }

    [Fact]
    public void EvaluateClassification_LabelsKeyedInAnotherOrder_AreFoundByName()
    {
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["a", "b"], [new(0, 1, 0.25f, 0.75f), new(1, 0, 0.75f, 0.25f)], labels: ["b", "a"]));
        Assert.Equal([1, 0, 0, 1], metrics.Counts.Cast<long>());
    }

    [Fact]
    public void EvaluateClassification_OneClassInTheData_HasNoAreaButAllElse()
    {
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["a", "b"], [new(0, 0, 0.75f, 0.25f), new(0, 1, 0.25f, 0.75f)]));
        Assert.Equal(0.5, metrics.Accuracy);
        Assert.Equal(double.NaN, metrics.MacroArea);
        Assert.Equal(1, metrics.Classes[0].AveragePrecision);
        Assert.Equal(0, metrics.Classes[1].Precision);
    }

    [Fact]
    public void EvaluateClassification_PermutedClasses_PermutesTheResult()
    {
        var expected = ScikitLearn.All[0];
        var rows = expected.Rows.Select(r => new ScoredRow(2 - r.Label, 2 - r.Predicted, [.. r.Scores.Reverse()])).ToList();
        var (there, back) = (Measured(expected.Name).Metrics, Ml.Vision.EvaluateClassification(ScoredRow.View([.. expected.ClassNames.Reverse()], rows)));
        Assert.Equal(there.Classes.Reverse().Select(c => (c.Name, c.F1, c.Roc.Area, c.AveragePrecision)), back.Classes.Select(c => (c.Name, c.F1, c.Roc.Area, c.AveragePrecision)));
        Assert.Equal(there.TopAccuracy, Ml.Vision.EvaluateClassification(ScoredRow.View([.. expected.ClassNames.Reverse()], rows), new() { Top = 2 }).TopAccuracy);
    }

    private static (ScikitLearn Expected, ClassificationMetrics Metrics) Measured(string name)
    {
        var expected = ScikitLearn.All.Single(c => c.Name == name);
        return (expected, Ml.Vision.EvaluateClassification(ScoredRow.View(expected.ClassNames, expected.Rows), new() { Top = 2 }));
    }

    private static void AssertAll(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        var (left, right) = (expected.ToList(), actual.ToList());
        Assert.Equal(left.Count, right.Count);
        for (var i = 0; i < left.Count; i++)
            Assert.Equal(left[i], right[i], tolerance);
    }

    private static bool IsOn(RocCurve roc, double fpr, double tpr)
    {
        for (var i = 1; i < roc.Thresholds.Count; i++)
        {
            var (x0, y0, x1, y1) = (roc.FalsePositiveRate[i - 1], roc.TruePositiveRate[i - 1], roc.FalsePositiveRate[i], roc.TruePositiveRate[i]);
            // Rates are divisions of small counts, so products of differences miss 0 by an ulp or so.
            if (fpr >= x0 && fpr <= x1 && tpr >= y0 && tpr <= y1 && Math.Abs((x1 - x0) * (tpr - y0) - (y1 - y0) * (fpr - x0)) < 1e-14)
                return true;
        }
        return false;
    }
}
