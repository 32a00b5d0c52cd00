using Microsoft.ML;

namespace Fovea.Tests.Classification;

public class ClassificationEvaluationErrorTests
{
    private static readonly MLContext Ml = new();
    private static readonly ScoredRow Good = new(0, 0, 0.75f, 0.25f);

    [Theory]
    [InlineData("NaN", "Row 1 has the score NaN for class 'dog' in column 'Score'; scores must be probabilities")]
    [InlineData("negative", "Row 1 has the score -1")]
    [InlineData("logits", "Row 1 has the score 7")]
    [InlineData("sum", "The scores of row 1 in column 'Score' add up to 1.5")]
    [InlineData("no label", "Row 1 has no label in column 'Label'")]
    [InlineData("nothing predicted", "Row 1 has no label in column 'PredictedLabel'")]
    public void EvaluateClassification_BadRow_IsNamed(string what, string named)
    {
        var bad = what switch
        {
            "NaN" => new ScoredRow(0, 0, 0.5f, float.NaN),
            "negative" => new(0, 0, -1, 2),
            "logits" => new(0, 0, 7, -3),
            "sum" => new(0, 0, 0.75f, 0.75f),
            "no label" => Good with { Label = -1 },
            _ => Good with { Predicted = -1 },
        };
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good, bad])));
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void EvaluateClassification_NoRows_IsAnError()
    {
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [])));
        Assert.Contains("no rows", error.Message);
    }

    [Fact]
    public void EvaluateClassification_UnknownLabel_IsNamed()
    {
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good], labels: ["cow", "dog"])));
        Assert.Contains("'cow' in column 'Label', which is none of the 2 classes: cat, dog", error.Message);
    }

    [Fact]
    public void EvaluateClassification_OneClass_IsAnError()
    {
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat"], [new(0, 0, 1)])));
        Assert.Contains("of known size, at least 2", error.Message);
    }

    [Fact]
    public void EvaluateClassification_MissingOrWrongColumn_IsNamed()
    {
        var view = ScoredRow.View(["cat", "dog"], [Good]);
        Assert.Contains("There is no column 'Odds' of scores. The columns are", Message(new() { ScoreColumn = "Odds" }));
        Assert.Contains("no label column 'Truth'", Message(new() { LabelColumn = "Truth" }));
        var turned = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(view, new() { LabelColumn = "Score", ScoreColumn = "Label" }));
        Assert.Contains("it must be a key or text", turned.Message);
        var number = Ml.Data.LoadFromEnumerable([new { Label = "cat", PredictedLabel = "cat", Score = 1f }]);
        Assert.Contains("is of type Single; it must be a vector of Single", Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(number)).Message);

        string Message(ClassificationEvaluation options) => Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(view, options)).Message;
    }

    [Fact]
    public void EvaluateClassification_ScoresWithoutNames_TakeTheLabelsKeys()
    {
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good], hasSlotNames: false));
        Assert.Equal(["cat", "dog"], metrics.ClassNames);
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good], labels: ["cat", "dog", "cow"], hasSlotNames: false)));
        Assert.Contains("2 scores in a row, but there are names of 3 classes", error.Message);
    }

    [Fact]
    public void EvaluateClassification_NameTwice_IsAnError()
    {
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "cat"], [Good])));
        Assert.Contains("'cat' is there twice", error.Message);
    }

    [Fact]
    public void EvaluateClassification_OptionsOutOfBounds_AreAllNamed()
    {
        var bad = new ClassificationEvaluation { LabelColumn = "", PredictedLabelColumn = "Score", Top = 0, ReliabilityBins = 0, Mistakes = -1, ExactScores = -1 };
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good]), bad));
        foreach (var named in new[] { "LabelColumn must name", "PredictedLabelColumn and ScoreColumn must be different", "Top must be at least 1; it is 0", "ReliabilityBins must be 1 to 1,000", "Mistakes must", "ExactScores must" })
            Assert.Contains(named, error.Message);
    }

    [Fact]
    public void EvaluateClassification_Canceled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Ml.Vision.EvaluateClassification(ScoredRow.View(["cat", "dog"], [Good]), new() { Cancellation = source.Token }));
    }
}
