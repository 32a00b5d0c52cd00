using Fovea.Classification.Evaluation;
using Microsoft.ML;

namespace Fovea.Tests.Classification;

public class ScoreTableTests
{
    private static readonly float[] Scores = [0, float.Epsilon, 1e-30f, 1e-9f, 1e-3f, 0.25f, 0.49999997f, 0.5f, 0.50000006f, 0.75f, 0.9f, 0.999f, 0.9999f, 0.99999994f, 1];

    [Fact]
    public void Step_OfRisingScores_Rises()
    {
        var steps = Scores.Select(ScoreSteps.Of).ToList();
        Assert.Equal(steps.Order(), steps);
        Assert.Equal((0, ScoreSteps.Count - 1), (steps[0], steps[^1]));
    }

    [Fact]
    public void StepFrom_OfAScore_IsAtMostTheScoreAndInTheStep()
    {
        var random = new Random(3);
        foreach (var score in Scores.Concat(Enumerable.Range(0, 2000).Select(_ => random.NextSingle())).Concat(Enumerable.Range(0, 2000).Select(_ => 1 - random.NextSingle() / 10000)))
        {
            var from = ScoreSteps.From(ScoreSteps.Of(score));
            Assert.True(from <= score);
            Assert.Equal(ScoreSteps.Of(score), ScoreSteps.Of((float)from));
            // 32 steps for a doubling: a step is at most 1/32 of the distance to its end, where float32 is as fine.
            if (score > 1e-9f)
                Assert.True(score - from <= Math.Max(Math.Min(score, 1 - from) / 32, 1.0 / (1 << 24)));
        }
    }

    [Fact]
    public void EvaluateClassification_MoreScoresThanAreKept_AreasAreWithinTheirError()
    {
        var ml = new MLContext();
        foreach (var expected in ScikitLearn.All)
        {
            var view = ScoredRow.View(expected.ClassNames, expected.Rows);
            var exact = ml.Vision.EvaluateClassification(view);
            // Some rows are kept first, then counted with the others.
            var counted = ml.Vision.EvaluateClassification(view, new() { ExactScores = 40 });
            Assert.False(counted.IsExact);
            Assert.Equal((exact.LogLoss, exact.BrierScore, exact.MacroF1), (counted.LogLoss, counted.BrierScore, counted.MacroF1));
            foreach (var (right, near) in exact.Classes.Select(c => c.Roc).Append(exact.MicroRoc).Zip(counted.Classes.Select(c => c.Roc).Append(counted.MicroRoc)))
                if (!double.IsNaN(right.Area))
                {
                    Assert.InRange(near.Area, right.Area - near.AreaError - 1e-14, right.Area + near.AreaError + 1e-14); // rounding of the division
                    Assert.True(near.AreaError < 0.08); // of some tens of rows a few share a step
                }
        }
    }

    [Fact]
    public void EvaluateClassification_NothingKept_CurvesReachTheirEnds()
    {
        var expected = ScikitLearn.All[0];
        var counted = new MLContext().Vision.EvaluateClassification(ScoredRow.View(expected.ClassNames, expected.Rows), new() { ExactScores = 0 });
        Assert.All(counted.Classes, c => Assert.Equal((1.0, 1.0), (c.Roc.FalsePositiveRate[^1], c.Roc.TruePositiveRate[^1])));
        Assert.All(counted.Classes, c => Assert.Equal(1, c.PrecisionRecall.Recall[^1]));
        Assert.All(counted.Classes, c => Assert.Equal(c.PrecisionRecall.Scores.OrderDescending(), c.PrecisionRecall.Scores));
    }
}
