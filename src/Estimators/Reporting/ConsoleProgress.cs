using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Fovea;

/// <summary>
/// A training run in a terminal: a bar with epoch, loss, metrics, images/s and the time that remains while it runs, and a line an
/// epoch that stays. Where the output is no terminal (a file, a CI log) only the lines, with the remaining time in them.
/// </summary>
public sealed partial class ConsoleProgress : IProgress<TrainingProgress>
{
    private readonly IAnsiConsole _console;
    private readonly ProgressTask? _bar;

    private ConsoleProgress(IAnsiConsole console, ProgressTask? bar) => (_console, _bar) = (console, bar);

    /// <summary>Runs a training with a display of its progress.</summary>
    /// <param name="train">Gets the display to put into <see cref="TrainingOptions.Progress"/>.</param>
    /// <param name="console">Where to show it; null for the process's own console.</param>
    /// <returns>What <paramref name="train"/> returned.</returns>
    /// <example><c>ConsoleProgress.Show(p => ml.Vision.Cnn(options with { Progress = p }).Fit(view))</c></example>
    public static T Show<T>(Func<IProgress<TrainingProgress>, T> train, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        console ??= AnsiConsole.Console;
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return train(new ConsoleProgress(console, null));
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(display => train(new ConsoleProgress(console, display.AddTask("preparing", maxValue: 1))));
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (_bar is not null)
        {
            _bar.Value = (value.Epoch - 1 + ((double)value.Step / value.Steps)) / value.Epochs;
            _bar.Description = Markup.Escape(Describe(value));
        }
        if (value.Completed is not { } epoch)
            return;
        var width = value.Epochs.ToString(CultureInfo.InvariantCulture).Length;
        var validation = epoch.Validation is { } measures ? $"  validation {Text(measures)}" : "";
        // The bar, where there is one, tells it.
        var left = _bar is null && value.Remaining > TimeSpan.Zero ? $"  {Time(value.Remaining)} left" : "";
        WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {Text(epoch.Training)}{validation}  rate {epoch.LearningRate:0.0e+0}  {Speed(epoch.ImagesPerSecond)}  {epoch.Duration.TotalSeconds:0.0} s{left}"));
    }

    /// <summary>What stands beside the bar.</summary>
    internal static string Describe(TrainingProgress value) => $"epoch {value.Epoch}/{value.Epochs}  {Text(value.Training)}  {Speed(value.ImagesPerSecond)}  {Time(value.Remaining)} left";

    /// <summary>A file has no width that a line would have to be broken for.</summary>
    private void WriteLine(string line)
    {
        if (_bar is null)
            _console.Profile.Out.Writer.WriteLine(line);
        else
            _console.WriteLine(line);
    }

    private static string Text(IReadOnlyDictionary<string, double> measures) => string.Join("  ", measures.Select(m => $"{Words(m.Key)} {Value(m.Key, m.Value)}"));

    private static string Value(string name, double value) => name switch
    {
        _ when name.EndsWith(Measure.Loss, StringComparison.Ordinal) => value.ToString("0.0000", CultureInfo.InvariantCulture),
        // A share with some losses, any number with others.
        Measure.RealScore or Measure.FakeScore => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary>PixelAccuracy becomes "pixel accuracy", MeanIoU "mean IoU"; a formula, as D(x), stays.</summary>
    internal static string Words(string name) => name.Contains('(') ? name
        : Word().Replace(name, m => (m.Index == 0 ? "" : " ") + (m.Value.Skip(1).Any(char.IsUpper) ? m.Value : m.Value.ToLowerInvariant()));

    [GeneratedRegex("IoU|[A-Z]{2,}|[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    private static string Speed(double imagesPerSecond) => imagesPerSecond < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{imagesPerSecond:0.0} images/s")
        : string.Create(CultureInfo.InvariantCulture, $"{imagesPerSecond:#,0} images/s");

    private static string Time(TimeSpan time) => time.TotalHours >= 1 ? $"{time:h\\:mm\\:ss}" : $"{time:m\\:ss}";
}
