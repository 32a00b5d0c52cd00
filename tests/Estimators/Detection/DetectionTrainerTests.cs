using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Detection;

public class DetectionTrainerTests
{
    private static readonly MLContext _ml = new(1);

    private static DetectionOptions Small => new()
    {
        Yolo = new YoloOptions { Width = 16 },
        ImageHeight = 96,
        ImageWidth = 96,
        Epochs = 2,
        BatchSize = 4,
        LearningRate = 5e-3,
        Precision = Precision.Float32,
    };

    [Theory]
    [InlineData(YoloLoss.TaskAligned, 0.9)]
    public void Fit_DiscsAndSquares_LearnsThem(YoloLoss loss, double least)
    {
        var options = Small with
        {
            Yolo = new YoloOptions { Width = 16, Loss = loss },
            Epochs = 30,
            Schedule = LearningRateSchedule.OneCycle(),
            ValidationSet = ObjectScenes.View(_ml, 16, seed: 9),
        };
        using var model = _ml.Vision.Detection(options).Fit(ObjectScenes.View(_ml, 48));
        Assert.InRange(model.History.Metrics["Validation.AP50"], least, 1);
        Assert.Equal(["disc", "square"], model.ClassNames.Order());
    }
}
