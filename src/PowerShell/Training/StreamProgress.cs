using System.Globalization;
using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>A training's progress as progress records, at most ten a second, verbose lines and, where they are asked for, an object for each epoch.</summary>
internal sealed class StreamProgress(IStreams streams, string activity, bool reportsEpochs, TimeProvider? time = null) : IProgress<TrainingProgress>
{
    private const int Activity = 8;

    private readonly ProgressThrottle _throttle = new(time);

    public void Report(TrainingProgress value)
    {
        if (_throttle.IsDue())
            streams.Progress(new ProgressRecord(Activity, activity, Status(value))
            {
                PercentComplete = (int)(100 * (value.Epoch - 1 + ((double)value.Step / value.Steps)) / value.Epochs),
                SecondsRemaining = (int)Math.Ceiling(value.Remaining.TotalSeconds),
            });
        if (value.Completed is not { } epoch)
            return;
        streams.Verbose(Line(epoch, value.Epochs));
        if (reportsEpochs)
            streams.Output(epoch);
    }

    /// <summary>Takes the display away.</summary>
    public void Complete() => streams.Progress(new ProgressRecord(Activity, activity, "done") { RecordType = ProgressRecordType.Completed });

    private static string Status(TrainingProgress p) => string.Create(CultureInfo.InvariantCulture, $"epoch {p.Epoch}/{p.Epochs}  {Text(p.Training)}  {p.ImagesPerSecond:#,0} images/s");

    private static string Line(EpochRecord epoch, int epochs) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {epoch.Epoch}/{epochs}  {Text(epoch.Training)}{(epoch.Validation is { } validation ? $"  validation {Text(validation)}" : "")}  rate {epoch.LearningRate:g3}  {epoch.ImagesPerSecond:#,0} images/s  {epoch.Duration.TotalSeconds:0.0} s");

    private static string Text(IReadOnlyDictionary<string, double> measures) =>
        string.Join("  ", measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.0000}")));
}
