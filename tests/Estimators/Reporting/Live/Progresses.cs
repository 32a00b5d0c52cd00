namespace Fovea.Tests.Reporting;

/// <summary>Reports of a run of three epochs with two steps each.</summary>
internal static class Progresses
{
    public static TrainingProgress Step(int epoch, int step, double loss, double elapsed) => new()
    {
        Epoch = epoch,
        Epochs = 3,
        Step = step,
        Steps = 2,
        Training = new Dictionary<string, double> { [Measure.Loss] = loss, [Measure.Accuracy] = 0.25 },
        LearningRate = 1e-3,
        ImagesPerSecond = 100.5,
        Elapsed = TimeSpan.FromSeconds(elapsed),
        Remaining = TimeSpan.FromSeconds(10),
    };

    public static TrainingProgress Epoch(int epoch, double loss, double elapsed, double? validationLoss = null) => Step(epoch, 2, loss, elapsed) with
    {
        Completed = new EpochRecord
        {
            Epoch = epoch,
            LearningRate = 5e-4,
            Training = new Dictionary<string, double> { [Measure.Loss] = loss, [Measure.Accuracy] = 0.5 },
            Validation = validationLoss is { } value ? new Dictionary<string, double> { [Measure.Loss] = value, [Measure.AveragePrecision50] = double.NaN } : null,
            ImagesPerSecond = 1234.5,
            Duration = TimeSpan.FromSeconds(1.5),
        },
    };
}
