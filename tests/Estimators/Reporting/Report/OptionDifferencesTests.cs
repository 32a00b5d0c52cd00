using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Report;

public class OptionDifferencesTests
{
    [Fact]
    public void Of_Defaults_AreNone()
    {
        Assert.Empty(OptionDifferences.Of(new CnnOptions()));
        Assert.Empty(OptionDifferences.Of(new SegmentationOptions()));
        Assert.Empty(OptionDifferences.Of(new DetectionOptions()));
        Assert.Empty(OptionDifferences.Of(new AutoencoderOptions()));
        Assert.Empty(OptionDifferences.Of(new GanOptions()));
    }

    [Fact]
    public void Of_Changed_AreNamedWithValueAndDefault()
    {
        var options = new CnnOptions
        {
            Epochs = 3, LearningRate = 2e-4, Nesterov = true, Optimizer = OptimizerKind.Sgd, ImageHeight = 28, ClipGradientNorm = 0.5,
            Schedule = LearningRateSchedule.OneCycle(0.25), Augmentation = new Augmentation().Flip(), Progress = new Progress<TrainingProgress>(), Device = ComputeDevice.Cpu,
        };
        Assert.Equal(
        [
            ("Augmentation", "flip 0.5", "none"), ("ClipGradientNorm", "0.5", "none"), ("Epochs", "3", "10"), ("ImageHeight", "28", "none"), ("LearningRate", "0.0002", "0.001"),
            ("Nesterov", "yes", "no"), ("Optimizer", "Sgd", "Adam"), ("Schedule", "OneCycleRate (Rise 0.25)", "ConstantRate"),
        ], OptionDifferences.Of(options).OrderBy(d => d.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Of_OptionsWithinOptions_AreNamedByTheirWay()
    {
        var differences = OptionDifferences.Of(new AutoencoderOptions { HiddenWidths = [64, 32], Convolutional = new() { Width = 8 } });
        Assert.Contains(("HiddenWidths", "64, 32", "400"), differences);
        Assert.Contains(differences, d => d.Name == "Convolutional.Width" && d.Value == "8");
    }
}
