using Microsoft.ML;

namespace Fovea.Tests.Detection;

public class DetectionOptionsTests
{
    [Fact]
    public void Problems_Defaults_AreNone() => Assert.Empty(new DetectionOptions().Problems());

    public static TheoryData<DetectionOptions, string> Unusable => new()
    {
        { new() { ImageHeight = 300 }, "ImageHeight must be a multiple of 32, 64 to 16384; it is 300" },
        { new() { ImageWidth = 32 }, "ImageWidth must be a multiple of 32, 64 to 16384; it is 32" },
        { new() { ScoreThreshold = double.NaN }, "ScoreThreshold must be 0 to 1; it is NaN" },
        { new() { IouThreshold = 1.5 }, "IouThreshold must be 0 to 1; it is 1.5" },
        { new() { MaxDetections = 0 }, "MaxDetections must be 1 to 10,000; it is 0" },
        { new() { Architecture = (DetectionArchitecture)99 }, "Architecture must be one of" },
        { new() { Yolo = new() { Width = 20, Depth = 0, Loss = (YoloLoss)9, BoxLoss = (BoxSimilarity)9 } }, "Yolo.Depth must be 1 to 12; it is 0" },
        { new() { ScoreColumn = "PredictedLabel" }, "the output columns must differ; 2 are 'PredictedLabel'" },
        { new() { PredictedLabelColumn = "Labels" }, "PredictedLabelColumn must be another column than the truth's; it is 'Labels'" },
        { new() { BoundingBoxColumn = " " }, "BoundingBoxColumn must name a column; it is ' '" },
        { new() { Augmentation = new Augmentation().MixUp() }, "must be left out for detection" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Detection_UnusableOptions_SaysWhatIsWantedAndGot(DetectionOptions options, string problem)
    {
        var error = Assert.Throws<ArgumentException>(() => new MLContext().Vision.Detection(options));
        Assert.Contains(problem, error.Message);
    }
}
