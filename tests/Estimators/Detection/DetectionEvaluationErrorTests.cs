using Fovea.Tests.Data;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

public class DetectionEvaluationErrorTests
{
    private static readonly MLContext Ml = new();

    private static readonly DetectionRow Good = new()
    {
        Boxes = [0, 0, 5, 5], Labels = [0], PredictedBoxes = [0, 0, 5, 5], PredictedLabels = [0], Scores = [0.8f],
    };

    [Theory]
    [InlineData("more labels than boxes", "2 labels")]
    [InlineData("inside out", "ends before it begins: (9, 0, 5, 5)")]
    [InlineData("NaN", "must have four finite numbers")]
    [InlineData("no label", "Object 0 in row 1 has no label")]
    [InlineData("predicted inside out", "prediction 0 in row 1 ends before it begins")]
    [InlineData("predicted NaN", "prediction 0 in row 1 must have four finite numbers")]
    [InlineData("predicted no label", "no label in column 'PredictedLabel'")]
    [InlineData("more scores", "2 scores in column 'Score', 1 labels")]
    [InlineData("score NaN", "score of prediction 0 in row 1 must be a finite number")]
    [InlineData("crowd", "0 values in column 'IsCrowd'")]
    public void EvaluateDetection_BadRow_IsNamed(string what, string named)
    {
        var bad = what switch
        {
            "more labels than boxes" => Good with { Labels = [0, 0] },
            "inside out" => Good with { Boxes = [9, 0, 5, 5] },
            "NaN" => Good with { Boxes = [0, float.NaN, 5, 5] },
            "no label" => Good with { Labels = [-1] },
            "predicted inside out" => Good with { PredictedBoxes = [9, 0, 5, 5] },
            "predicted NaN" => Good with { PredictedBoxes = [0, 0, float.NaN, 5] },
            "predicted no label" => Good with { PredictedLabels = [-1] },
            "more scores" => Good with { Scores = [0.8f, 0.1f] },
            "score NaN" => Good with { Scores = [float.NaN] },
            _ => Good with { IsCrowd = [] },
        };
        var first = what == "crowd" ? Good with { IsCrowd = [false] } : Good;
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [first, bad])));
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void EvaluateDetection_UnknownClass_IsNamed()
    {
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [Good], ["dog"])));
        Assert.Contains("'dog' in column 'PredictedLabel', which is none of the 1 classes: cat", error.Message);
    }

    [Fact]
    public void EvaluateDetection_NoRows_IsAnError() =>
        Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [])));

    [Fact]
    public void EvaluateDetection_MissingOrWrongColumn_IsNamed()
    {
        var view = DetectionRow.View(["cat"], [Good]);
        Assert.Contains("'Truth'", Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateDetection(view, new() { BoundingBoxColumn = "Truth" })).Message);
        Assert.Contains("'Certainty'", Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateDetection(view, new() { ScoreColumn = "Certainty" })).Message);
        Assert.Contains("must be a vector of Single", Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateDetection(
            DetectionRow.View(["cat"], [Good with { IsCrowd = [false] }]), new() { ScoreColumn = "IsCrowd" })).Message);
    }

    [Fact]
    public void Options_OutOfBounds_AreAllNamed()
    {
        var options = new DetectionEvaluation { IoU = 0, Score = double.NaN, LabelColumn = " ", PredictedLabelColumn = "Score" };
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [Good]), options));
        foreach (var named in new[] { "IoU must be", "Score must be", "LabelColumn must name", "PredictedLabelColumn and ScoreColumn must be different" })
            Assert.Contains(named, error.Message);
    }

    [Fact]
    public void EvaluateDetection_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Ml.Vision.EvaluateDetection(DetectionRow.View(["cat"], [Good]), new() { Cancellation = new(canceled: true) }));

    [Theory]
    [InlineData("""[{"image_id": 7, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}]""", "of image 7, which is not in the truth's list of images")]
    [InlineData("""[{"image_id": 1, "category_id": 9, "bbox": [0, 0, 1, 1], "score": 1}]""", "of category 9, which is not in the truth's list of categories")]
    [InlineData("""[{"image_id": 1, "category_id": 1, "bbox": [0, 0, -1, 1], "score": 1}]""", "-1 wide and 1 high")]
    [InlineData("""[{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}]""", "has no score")]
    [InlineData("""[{"image_id": 1, "category_id": 1, "score": 1}]""", "there is no bbox here")]
    [InlineData("""{"predictions": []}""", "has no list of annotations")]
    [InlineData("""[{"image_id": 1,""", "this is no JSON")]
    public void EvaluateCoco_BadResults_AreNamed(string results, string named)
    {
        using var folder = new TempFolder();
        var truth = folder.WriteText("truth.json", """{"images": [{"id": 1, "file_name": "a.png"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""");
        var found = folder.WriteText("found.json", results);
        var error = Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateCoco(truth, found));
        Assert.Contains(named, error.Message);
        Assert.Contains("found.json", error.Message);
    }

    [Fact]
    public void EvaluateCoco_NoFileOrNoMasks_IsNamed()
    {
        using var folder = new TempFolder();
        var truth = folder.WriteText("truth.json", """{"images": [{"id": 1, "file_name": "a.png"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""");
        var found = folder.WriteText("found.json", """[{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}]""");
        Assert.Throws<FileNotFoundException>(() => Ml.Vision.EvaluateCoco(truth, Path.Combine(folder.Path, "none.json")));
        Assert.Contains("no segmentation here", Assert.Throws<InvalidDataException>(() => Ml.Vision.EvaluateCoco(truth, found, masks: true)).Message);
        Assert.Equal(1, Ml.Vision.EvaluateCoco(truth, found).Classes[0].FalsePositives);
    }
}
