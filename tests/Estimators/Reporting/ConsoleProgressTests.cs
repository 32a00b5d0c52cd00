using Spectre.Console;

namespace Fovea.Tests.Reporting;

public class ConsoleProgressTests
{
    [Fact]
    public void Show_OutputToAFile_WritesOneLineAnEpoch()
    {
        using var written = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(written) });
        var result = ConsoleProgress.Show(progress =>
        {
            progress.Report(Progress(1, completed: false));
            progress.Report(Progress(1, completed: true));
            progress.Report(Progress(12, completed: true));
            return 7;
        }, console);
        Assert.Equal(7, result);
        Assert.Equal(
            "epoch  1  loss 0.5000  box loss 0.2500  pixel accuracy 90.00 %  mean IoU 75.25 %  validation loss 0.5000  box loss 0.2500  pixel accuracy 90.00 %  mean IoU 75.25 %  rate 1.0e-3  10.5 images/s  2.0 s  1:01:05 left\n"
            + "epoch 12  loss 0.5000  box loss 0.2500  pixel accuracy 90.00 %  mean IoU 75.25 %  validation loss 0.5000  box loss 0.2500  pixel accuracy 90.00 %  mean IoU 75.25 %  rate 1.0e-3  10.5 images/s  2.0 s\n",
            written.ToString());
    }

    [Fact]
    public void Describe_RunningEpoch_TellsWhatAPersonWaitsFor() => Assert.Equal(
        "epoch 11/12  loss 0.5000  box loss 0.2500  pixel accuracy 90.00 %  mean IoU 75.25 %  10.5 images/s  5:33 left",
        ConsoleProgress.Describe(Progress(11, completed: false)));

    [Fact]
    public void Describe_ScoresOfAGan_AreFormulasAndNoShares() => Assert.Equal(
        "epoch 1/12  generator loss 1.5000  D(x) 0.723  D(G(z)) -2.500  10.5 images/s  1:01:05 left",
        ConsoleProgress.Describe(Progress(1, completed: false) with { Training = new Dictionary<string, double> { [Measure.GeneratorLoss] = 1.5, [Measure.RealScore] = 0.7231, [Measure.FakeScore] = -2.5 } }));

    private static TrainingProgress Progress(int epoch, bool completed)
    {
        var measures = new Dictionary<string, double> { [Measure.Loss] = 0.5, [Measure.BoxLoss] = 0.25, [Measure.PixelAccuracy] = 0.9, [Measure.MeanIoU] = 0.7525 };
        return new TrainingProgress
        {
            Epoch = epoch,
            Epochs = 12,
            Step = 1,
            Steps = 1,
            Training = measures,
            LearningRate = 1e-3,
            ImagesPerSecond = 10.5,
            Elapsed = TimeSpan.FromSeconds(2),
            Remaining = TimeSpan.FromSeconds(333.2 * (12 - epoch)),
            Completed = completed ? new EpochRecord { Epoch = epoch, LearningRate = 1e-3, Training = measures, Validation = measures, ImagesPerSecond = 10.5, Duration = TimeSpan.FromSeconds(2) } : null,
        };
    }
}
