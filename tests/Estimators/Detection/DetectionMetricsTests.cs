using Fovea.Tests.Backbones;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

public class DetectionMetricsTests
{
    private static readonly MLContext Ml = new();

    /// <summary>Of pycocotools; <c>tests/Reference/estimators/detection.py</c> made the sets too.</summary>
    private sealed record Case(string Name, int Classes, int Images, double[] Numbers, double[][] Truths, double[][] Found)
    {
        public string[] Names => [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")];

        public List<DetectionRow> Rows(bool withIds)
        {
            var (truths, found) = (Truths.ToLookup(t => (int)t[0]), Found.ToLookup(f => (int)f[0]));
            return [.. Enumerable.Range(1, Images).Select(i => new DetectionRow
            {
                Id = withIds ? i : null,
                Boxes = [.. truths[i].SelectMany(Corners)], Labels = [.. truths[i].Select(t => (int)t[1])],
                Areas = [.. truths[i].Select(t => (float)t[6])], IsCrowd = [.. truths[i].Select(t => t[7] == 1)],
                PredictedBoxes = [.. found[i].SelectMany(Corners)], PredictedLabels = [.. found[i].Select(f => (int)f[1])], Scores = [.. found[i].Select(f => (float)f[6])],
            })];
        }

        private static float[] Corners(double[] b) => [(float)b[2], (float)b[3], (float)(b[2] + b[4]), (float)(b[3] + b[5])];
    }

    private static readonly Lazy<Case[]> _cases = new(() => Expected.Read<Case[]>("detection.json"));

    public static TheoryData<string> Names => [.. _cases.Value.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EvaluateDetection_MadeUpSets_GivesPycocotoolsNumbers(string name)
    {
        var set = _cases.Value.Single(c => c.Name == name);
        var numbers = Numbers(Evaluate(set.Names, set.Rows(withIds: true)));
        for (var i = 0; i < 12; i++)
            // Both are float64 and differ in the order of a mean's sum only.
            Assert.True(set.Numbers[i] == -1 ? double.IsNaN(numbers[i]) : Math.Abs(set.Numbers[i] - numbers[i]) < 1e-12, $"number {i}: {numbers[i]}, wanted {set.Numbers[i]}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EvaluateDetection_RowsInAnotherOrder_IsTheSame(bool withIds)
    {
        // Four distinct scores: nearly all are equal to others.
        var set = _cases.Value.Single(c => c.Name == "equal scores");
        var rows = set.Rows(withIds);
        var before = Evaluate(set.Names, rows);
        for (var seed = 0; seed < 3; seed++)
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            var after = Evaluate(set.Names, shuffled);
            Assert.Equal(Numbers(before), Numbers(after));
            Assert.Equal(before.VocAP, after.VocAP);
            Assert.Equal(before.Classes.SelectMany(c => c.Curve.Precision), after.Classes.SelectMany(c => c.Curve.Precision));
            Assert.Equal(before.Counts, after.Counts);
        }
    }

    [Fact]
    public void EvaluateDetection_ClassesRenamed_Permute()
    {
        var set = _cases.Value.Single(c => c.Name == "ordinary");
        var rows = set.Rows(withIds: true);
        var before = Evaluate(set.Names, rows);
        var after = Evaluate([.. set.Names.Reverse()], [.. rows.Select(r => r with { Labels = [.. r.Labels.Select(l => 3 - l)], PredictedLabels = [.. r.PredictedLabels.Select(l => 3 - l)] })]);
        Assert.Equal(before.Classes.Select(c => c.AP).Reverse(), after.Classes.Select(c => c.AP));
        Assert.Equal(before.Classes.Select(c => c.Name).Reverse(), after.Classes.Select(c => c.Name));
        Assert.Equal(before.Counts[0, 4], after.Counts[3, 4]);
        Assert.Equal(before.Counts[4, 1], after.Counts[4, 2]);
        Assert.Equal(before.AP, after.AP, 1e-15); // the mean's sum is in another order
    }

    [Fact]
    public void EvaluateDetection_SmallSet_IsCountedByHand()
    {
        // One cat found twice and once missed, one dog taken for a cat, one prediction where nothing is.
        var metrics = Evaluate(["cat", "dog"],
        [
            new()
            {
                Boxes = [0, 0, 10, 10, 20, 20, 30, 30, 50, 50, 60, 60], Labels = [0, 0, 1],
                PredictedBoxes = [0, 0, 10, 10, 0, 0, 10, 9, 50, 50, 60, 60, 80, 80, 90, 90], PredictedLabels = [0, 0, 0, 1], Scores = [0.9f, 0.8f, 0.7f, 0.6f],
            },
        ]);
        var (cat, dog) = (metrics.Classes[0], metrics.Classes[1]);
        Assert.Equal((2, 3, 1, 2, 1), (cat.Objects, cat.Predictions, cat.TruePositives, cat.FalsePositives, cat.FalseNegatives));
        Assert.Equal((1.0 / 3, 0.5, 2.0 / 5), (cat.Precision, cat.Recall, cat.F1));
        Assert.Equal([1, 0.5, 1.0 / 3], cat.Curve.Precision);
        Assert.Equal([0.5, 0.5, 0.5], cat.Curve.Recall);
        Assert.Equal([0.9f, 0.8f, 0.7f], cat.Curve.Scores.Select(s => (float)s));
        Assert.Equal(0.5, cat.VocAP);
        Assert.Equal(6.0 / 11, cat.Voc11PointAP, 1e-15);
        Assert.Equal(51 / 101.0, cat.AP50, 1e-15); // pycocotools' precision of 1 is 1 - 2^-52
        Assert.Equal((1, 0, 1, 1), (dog.Objects, dog.TruePositives, dog.FalsePositives, dog.FalseNegatives));
        Assert.Equal((0.0, 0.0, 0.0), (dog.Precision, dog.Recall, dog.F1));
        Assert.Equal(new long[,] { { 1, 0, 1 }, { 1, 0, 0 }, { 1, 1, 0 } }, metrics.Counts);
        Assert.Equal((0.25, 1.0 / 3, 2.0 / 7), (metrics.PrecisionAtScore, metrics.RecallAtScore, metrics.F1AtScore));
        Assert.Equal(0.25, metrics.VocAP);
        Assert.Contains("cat", metrics.ToString());
    }

    [Fact]
    public void EvaluateDetection_AScoreAsked_TakesPredictionsFromItOn()
    {
        DetectionRow row = new()
        {
            Boxes = [0, 0, 10, 10, 20, 20, 30, 30], Labels = [0, 0],
            PredictedBoxes = [0, 0, 10, 10, 20, 20, 30, 30, 70, 70, 80, 80], PredictedLabels = [0, 0, 0], Scores = [0.75f, 0.5f, 0.25f],
        };
        var view = DetectionRow.View(["cat"], [row]);
        var cat = Ml.Vision.EvaluateDetection(view, new() { Score = 0.75 }).Classes[0];
        Assert.Equal((1, 0, 1), (cat.TruePositives, cat.FalsePositives, cat.FalseNegatives));
        cat = Ml.Vision.EvaluateDetection(view, new() { Score = 0 }).Classes[0];
        Assert.Equal((2, 1, 0), (cat.TruePositives, cat.FalsePositives, cat.FalseNegatives));
        Assert.Equal(1, cat.VocAP);
    }

    [Fact]
    public void EvaluateDetection_DifficultObject_CountsNeitherWay()
    {
        DetectionRow row = new()
        {
            Boxes = [0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50], Labels = [0, 0, 0], IsDifficult = [false, true, true],
            PredictedBoxes = [20, 20, 30, 30, 0, 0, 10, 10], PredictedLabels = [0, 0], Scores = [0.9f, 0.8f],
        };
        var metrics = Evaluate(["cat"], [row]);
        var cat = metrics.Classes[0];
        Assert.Equal((3, 1, 1, 0, 0), (cat.Objects, cat.CountedObjects, cat.TruePositives, cat.FalsePositives, cat.FalseNegatives));
        Assert.Equal((1.0, 1.0), (cat.VocAP, metrics.VocAP));
        Assert.Equal(1, metrics.AP, 1e-15); // pycocotools' precision of 1 is 1 - 2^-52
        Assert.Equal(new long[,] { { 1, 0 }, { 0, 0 } }, metrics.Counts);
        // VOC: a second prediction of it does not count either.
        var twice = Evaluate(["cat"], [row with { PredictedBoxes = [.. row.PredictedBoxes, 20, 20, 30, 30], PredictedLabels = [0, 0, 0], Scores = [0.9f, 0.8f, 0.7f] }]);
        Assert.Equal(0, twice.Classes[0].FalsePositives);
    }

    [Fact]
    public void EvaluateDetection_PredictionsInACrowd_CountNeitherWay()
    {
        var metrics = Evaluate(["cat"],
        [
            new()
            {
                Boxes = [0, 0, 100, 100, 200, 200, 210, 210], Labels = [0, 0], IsCrowd = [true, false],
                PredictedBoxes = [5, 5, 15, 15, 50, 50, 60, 60, 200, 200, 210, 210], PredictedLabels = [0, 0, 0], Scores = [0.9f, 0.8f, 0.7f],
            },
        ]);
        Assert.Equal((1, 0), (metrics.Classes[0].TruePositives, metrics.Classes[0].FalsePositives));
        Assert.Equal(1.0, metrics.VocAP);
        Assert.Equal(1, metrics.AP, 1e-15); // pycocotools' precision of 1 is 1 - 2^-52
        Assert.Equal(new long[,] { { 1, 0 }, { 0, 0 } }, metrics.Counts);
    }

    [Fact]
    public void EvaluateDetection_NoObjectInAnImage_OrInTheSet_IsDefined()
    {
        var empty = new DetectionRow { PredictedBoxes = [0, 0, 5, 5], PredictedLabels = [0], Scores = [0.9f] };
        var metrics = Evaluate(["cat"], [empty]);
        Assert.True(double.IsNaN(metrics.AP));
        Assert.True(double.IsNaN(metrics.VocAP));
        Assert.True(double.IsNaN(metrics.RecallAtScore));
        Assert.Equal(0, metrics.PrecisionAtScore);
        Assert.Equal(1, metrics.Classes[0].FalsePositives);
        Assert.Equal(1, metrics.Counts[1, 0]);
        Assert.Contains("n/a", metrics.ToString());
        Assert.True(double.IsNaN(Evaluate(["cat"], [new()]).F1AtScore));

        var found = new DetectionRow { Boxes = [0, 0, 5, 5], Labels = [0], PredictedBoxes = [0, 0, 5, 5], PredictedLabels = [0], Scores = [0.8f] };
        // The false alarm of the empty image comes first.
        Assert.Equal(0.5, Evaluate(["cat"], [found, empty]).VocAP);
        Assert.Equal(0, Evaluate(["cat"], [found with { PredictedBoxes = [], PredictedLabels = [], Scores = [] }]).AP);
    }

    [Fact]
    public void EvaluateDetection_BoxesWithoutAreaOrOutside_AreCounted()
    {
        // As truth never found, as prediction wrong; also on each other.
        var metrics = Evaluate(["cat"],
        [
            new() { Boxes = [5, 5, 5, 9], Labels = [0], PredictedBoxes = [5, 5, 5, 9, -70, -50, -20, -10], PredictedLabels = [0, 0], Scores = [0.9f, 0.8f] },
        ]);
        Assert.Equal((0, 2, 1), (metrics.Classes[0].TruePositives, metrics.Classes[0].FalsePositives, metrics.Classes[0].FalseNegatives));
        Assert.Equal(0, metrics.AP);
    }

    [Fact]
    public void EvaluateDetection_AThousandObjectsInAnImage_AreAllFoundByVocAndAHundredByCoco()
    {
        float[] boxes = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { i * 20f, 0, i * 20f + 10, 10 })];
        float[] scores = [.. Enumerable.Range(0, 1000).Select(i => 1 - i / 1024f)];
        var metrics = Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [new() { Boxes = boxes, Labels = new int[1000], PredictedBoxes = boxes, PredictedLabels = new int[1000], Scores = scores }]), new() { Score = 0 });
        Assert.Equal(1000, metrics.Classes[0].TruePositives);
        Assert.Equal(1, metrics.VocAP, 1e-12); // a sum of a thousand steps
        Assert.Equal(0.1, metrics.AR100, 1e-15);
        Assert.Equal(0.001, metrics.AR1, 1e-15);
    }

    [Fact]
    public void EvaluateDetection_PredictedClassesOfAnotherOrder_AreFoundByName()
    {
        var row = new DetectionRow { Boxes = [0, 0, 5, 5], Labels = [0], PredictedBoxes = [0, 0, 5, 5], PredictedLabels = [1], Scores = [0.8f] };
        Assert.Equal(1, Ml.Vision.EvaluateDetection(DetectionRow.View(["cat", "dog"], [row], ["dog", "cat"])).AP50, 1e-15); // pycocotools' 1 - 2^-52
    }

    private static DetectionMetrics Evaluate(IReadOnlyList<string> names, IReadOnlyList<DetectionRow> rows) => Ml.Vision.EvaluateDetection(DetectionRow.View(names, rows));

    private static double[] Numbers(DetectionMetrics m) =>
        [m.AP, m.AP50, m.AP75, m.APSmall, m.APMedium, m.APLarge, m.AR1, m.AR10, m.AR100, m.ARSmall, m.ARMedium, m.ARLarge];
}
