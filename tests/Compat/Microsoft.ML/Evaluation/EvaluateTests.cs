using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Evaluation;

public sealed class EvaluateTests
{
    private sealed class Row
    {
        [KeyType(3)] public uint Label { get; set; }
        public float Class { get; set; }
        public string Word { get; set; } = "";
        [VectorType(3)] public float[] Score { get; set; } = [];
        [VectorType] public float[] Loose { get; set; } = [0, 1, 2];
        [VectorType(1)] public float[] One { get; set; } = [0];
        [KeyType(3)] public uint PredictedLabel { get; set; }
    }

    private readonly MLContext ml = new(1);

    // Five rows, countable by hand. As keys are written from 0, Label and Class name the same classes.
    private static readonly Row[] s_rows =
    [
        Of(0, 0.7f, 0.2f, 0.1f),
        Of(0, 0.2f, 0.5f, 0.3f),   // second or worse: rank 2
        Of(1, 0.1f, 0.8f, 0.1f),
        Of(2, 0.4f, 0.35f, 0.25f), // rank 2, taken for class 0
        Of(2, 0.1f, 0.3f, 0.6f),
    ];

    private static Row Of(int label, params float[] score) => new() { Label = (uint)label, Class = label, Score = score };

    private MulticlassClassificationMetrics Evaluate(IEnumerable<Row> rows, string label = "Label", int topK = 0) =>
        ml.MulticlassClassification.Evaluate(ml.Data.LoadFromEnumerable(rows), label, topKPredictionCount: topK);

    [Theory]
    [InlineData("Label")]
    [InlineData("Class")]
    public void Accuracies_OfHandCountedRows_AreTheCounts(string label)
    {
        var metrics = Evaluate(s_rows, label);

        Assert.Equal(3 / 5.0, metrics.MicroAccuracy, 15);
        Assert.Equal((1 / 2.0 + 1 + 1 / 2.0) / 3, metrics.MacroAccuracy, 15);
    }

    [Fact]
    public void LogLoss_OfHandCountedRows_IsTheMeanNegativeLogarithm()
    {
        var metrics = Evaluate(s_rows);

        double[] losses = [-Math.Log(0.7f), -Math.Log(0.2f), -Math.Log(0.8f), -Math.Log(0.25f), -Math.Log(0.6f)];
        double entropy = -(2 * Math.Log(2 / 5.0) + Math.Log(1 / 5.0) + 2 * Math.Log(2 / 5.0)) / 5;
        Assert.Equal(losses.Average(), metrics.LogLoss, 14);
        Assert.Equal((entropy - losses.Average()) / entropy, metrics.LogLossReduction, 14);
        Assert.Equal((losses[0] + losses[1]) / 2, metrics.PerClassLogLoss[0], 14);
        Assert.Equal(losses[2], metrics.PerClassLogLoss[1], 14);
        Assert.Equal((losses[3] + losses[4]) / 2, metrics.PerClassLogLoss[2], 14);
    }

    [Fact]
    public void LogLoss_OfProbabilityZero_IsBounded() =>
        Assert.Equal(-Math.Log(1e-15f), Evaluate([Of(0, 0, 1, 0)]).LogLoss, 12);

    [Fact]
    public void TopK_OfHandCountedRows_CumulatesRanks()
    {
        var metrics = Evaluate(s_rows, topK: 3);

        Assert.Equal([3 / 5.0, 3 / 5.0, 1], metrics.TopKAccuracyForAllK, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(1, metrics.TopKAccuracy, 15);
        Assert.Equal(3, metrics.TopKPredictionCount);
    }

    [Fact]
    public void TopK_NotAsked_IsAbsent()
    {
        var metrics = Evaluate(s_rows);

        Assert.Null(metrics.TopKAccuracyForAllK);
        Assert.Equal(0, metrics.TopKAccuracy);
        Assert.Equal(0, metrics.TopKPredictionCount);
    }

    [Fact]
    public void TopK_OfEqualScores_PrefersTheLowerClass()
    {
        var metrics = Evaluate([Of(0, 0.5f, 0.5f, 0), Of(1, 0.5f, 0.5f, 0)], topK: 2);
        Assert.Equal([0.5, 1], metrics.TopKAccuracyForAllK);
    }

    [Fact]
    public void TopK_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(s_rows, topK: -1));

    [Fact]
    public void ConfusionMatrix_OfHandCountedRows_CountsPairs()
    {
        var matrix = Evaluate(s_rows).ConfusionMatrix;

        Assert.Equal(3, matrix.NumberOfClasses);
        Assert.Equal([[1, 1, 0], [0, 1, 0], [1, 0, 1]], matrix.Counts.Select(row => row.ToArray()));
        Assert.Equal([1 / 2.0, 1 / 2.0, 1], matrix.PerClassPrecision);
        Assert.Equal([1 / 2.0, 1, 1 / 2.0], matrix.PerClassRecall);
        Assert.Equal(1, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 1, actualClassIndicatorIndex: 0));
        Assert.Equal(0, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 0, actualClassIndicatorIndex: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.GetCountForClassPair(3, 0));
    }

    [Fact]
    public void ConfusionTable_WithoutNames_NumbersTheClasses()
    {
        string[] lines =
        [
            "", "Confusion table",
            "          ||========================",
            "PREDICTED ||     0 |     1 |     2 | Recall",
            "TRUTH     ||========================",
            "        0 ||     1 |     1 |     0 | 0.5000",
            "        1 ||     0 |     1 |     0 | 1.0000",
            "        2 ||     1 |     0 |     1 | 0.5000",
            "          ||========================",
            "Precision ||0.5000 |0.5000 |1.0000 |", "",
        ];
        Assert.Equal(lines, Evaluate(s_rows).ConfusionMatrix.GetFormattedConfusionTable().Split(Environment.NewLine));
    }

    [Fact]
    public void ConfusionTable_WithSlotNames_NamesTheClasses()
    {
        string[] lines =
        [
            "", "Confusion table",
            "                   ||========================",
            "PREDICTED          ||     0 |     1 |     2 | Recall",
            "TRUTH              ||========================",
            "0.             cat ||     1 |     1 |     0 | 0.5000",
            "1.             dog ||     0 |     1 |     0 | 1.0000",
            "2. hippopotamuses! ||     1 |     0 |     1 | 0.5000",
            "                   ||========================",
            "Precision          ||0.5000 |0.5000 |1.0000 |", "",
        ];
        Assert.Equal(lines, Named(["cat", "dog", "hippopotamuses!"]).GetFormattedConfusionTable().Split(Environment.NewLine));
        Assert.Contains("PREDICTED ||   cat |   dog |   cow | Recall", Named(["cat", "dog", "cow"]).GetFormattedConfusionTable());
    }

    // Slot names come with Concatenate, as the names of its columns.
    private ConfusionMatrix Named(string[] names)
    {
        var rows = ml.Data.LoadFromEnumerable(s_rows.Select(row => new Scores { Label = row.Class, A = row.Score[0], B = row.Score[1], C = row.Score[2] }));
        var chain = ml.Transforms.CopyColumns(names[0], "A").Append(ml.Transforms.CopyColumns(names[1], "B")).Append(ml.Transforms.CopyColumns(names[2], "C"))
            .Append(ml.Transforms.Concatenate("Score", names));
        return ml.MulticlassClassification.Evaluate(chain.Fit(rows).Transform(rows)).ConfusionMatrix;
    }

    private sealed class Scores
    {
        public float Label { get; set; }
        public float A { get; set; }
        public float B { get; set; }
        public float C { get; set; }
        public float PredictedLabel { get; set; }
    }

    [Fact]
    public void ConfusionTable_OfTwoClasses_IsWider()
    {
        var view = ml.Data.LoadFromEnumerable(new[] { new Two { Label = 0, Score = [1, 0] }, new Two { Label = 1, Score = [1, 0] } });
        string[] lines =
        [
            "", "Confusion table",
            "          ||======================",
            "PREDICTED ||        0 |        1 | Recall",
            "TRUTH     ||======================",
            "        0 ||        1 |        0 | 1.0000",
            "        1 ||        1 |        0 | 0.0000",
            "          ||======================",
            "Precision ||   0.5000 |   0.0000 |", "",
        ];
        Assert.Equal(lines, ml.MulticlassClassification.Evaluate(view).ConfusionMatrix.GetFormattedConfusionTable().Split(Environment.NewLine));
    }

    private sealed class Two
    {
        public float Label { get; set; }
        [VectorType(2)] public float[] Score { get; set; } = [];
        public string PredictedLabel { get; set; } = "";
    }

    [Fact]
    public void Rows_WithoutLabelOrWithBadScores_ArePassedOver()
    {
        var rows = s_rows.Concat([Of(0, float.NaN, 0, 0), Of(0, float.PositiveInfinity, 0, 0), new Row { Class = float.NaN, Score = [1, 0, 0] }, new Row { Class = -1, Score = [1, 0, 0] }, new Row { Class = 0.5f, Score = [1, 0, 0] }]);
        var metrics = Evaluate(rows, "Class");

        Assert.Equal(3 / 5.0, metrics.MicroAccuracy, 15);
        Assert.Equal(5, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
    }

    [Fact]
    public void Rows_OfClassWithoutScore_CountAsWrong()
    {
        var metrics = Evaluate(s_rows.Append(new Row { Class = 7, Score = [0.2f, 0.3f, 0.5f] }), "Class", topK: 3);

        Assert.Equal(3 / 6.0, metrics.MicroAccuracy, 15);
        Assert.Equal([3 / 6.0, 3 / 6.0, 5 / 6.0], metrics.TopKAccuracyForAllK, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(5, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
    }

    [Fact]
    public void Rows_None_GiveZeros()
    {
        var metrics = Evaluate([]);

        Assert.Equal(0, metrics.MicroAccuracy);
        Assert.Equal(0, metrics.MacroAccuracy);
        Assert.Equal(0, metrics.LogLoss);
    }

    [Theory]
    [InlineData("Word", "Score", "Schema mismatch for label column 'Word': expected Single or Key, got String")]
    [InlineData("Label", "Loose", "Schema mismatch for score column 'Loose': expected vector of two or more items of type Single, got Vector<Single>")]
    [InlineData("Label", "One", "Schema mismatch for score column 'One': expected vector of two or more items of type Single, got Vector<Single, 1>")]
    [InlineData("Label", "Class", "Schema mismatch for score column 'Class': expected vector of two or more items of type Single, got Single")]
    [InlineData("Nowhere", "Score", "Nowhere")]
    [InlineData("Label", "Nowhere", "Nowhere")]
    public void Columns_Wrong_ThrowWithRoleAndTypes(string label, string score, string message)
    {
        var view = ml.Data.LoadFromEnumerable(s_rows);
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => ml.MulticlassClassification.Evaluate(view, label, score)).Message);
    }

    [Fact]
    public void PredictedLabel_Absent_Throws()
    {
        var view = ml.Data.LoadFromEnumerable(s_rows);
        Assert.ThrowsAny<ArgumentException>(() => ml.MulticlassClassification.Evaluate(view, predictedLabelColumnName: "Nowhere"));
    }
}
