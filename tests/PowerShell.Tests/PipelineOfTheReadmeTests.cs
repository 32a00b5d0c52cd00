using Fovea.PowerShell;

namespace Fovea.Tests;

/// <summary>The whole pipeline: a folder of images, parted, augmented, learned, measured.</summary>
public sealed class PipelineOfTheReadmeTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Pipeline_Letters_ReadsWhatWasHeldOut()
    {
        var measured = (ClassificationMeasurement)Assert.Single(_session.Output(
            _session.Import("aeioux", 60),
            new Call("Split-ImageDataset").With("Test", 0.2),
            new Call("Add-ImageAugmentation").With("Rotate", 5).With("Shift", 1).With("Fill", "edge"),
            new Call("Invoke-TrainCnn").With("Architecture", "Letters").With("Channels", "Grey").With("Epochs", 8).With("BatchSize", 32).With("LearningRate", 2e-3).With("Schedule", "OneCycle").With("Precision", "Float32"),
            new Call("Measure-ImageModel").With("Dataset", null!).With("OutVariable", "measured"),
            new Call("Export-TrainingReport").At("report.html")).Select(_ => ((List<object>)_session.Session.Variables["measured"])[0]));
        Assert.Contains("</html>", File.ReadAllText(_session.File("report.html")));
        Assert.Equal(72, measured.Rows);
        // Seeds 0 to 4 gave 0.97 to 0.99; a sixth is chance.
        Assert.InRange(measured.Accuracy, 0.85, 1);
        Assert.Contains("rotate", measured.Model.TrainingDataset!.Augmentation.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public void Pipeline_FashionMnist_TellsClothesApart()
    {
        var folder = TestData.Shared("data/fashion-mnist");
        var measured = (ClassificationMeasurement)Assert.Single(_session.Output(
            new Call("Import-ImageDataset").At(folder).With("Split", "test"),
            new Call("Split-ImageDataset").With("Test", 0.2),
            new Call("Add-ImageAugmentation").With("Flip").With("Shift", 1),
            new Call("Invoke-TrainCnn").With("Architecture", "LeNet").With("Channels", "Grey").With("ImageHeight", 28).With("ImageWidth", 28).With("Epochs", 1).With("LearningRate", 2e-3).With("Precision", "Float32"),
            new Call("Measure-ImageModel").With("Dataset", null!)));
        Assert.Equal((2000L, 10), (measured.Rows, measured.Classes.Count));
        // Seeds 0 to 2 gave 0.67 to 0.70; a tenth is chance.
        Assert.InRange(measured.Accuracy, 0.55, 1);
    }
}
