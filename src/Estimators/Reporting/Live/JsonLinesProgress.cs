using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Reporting;

namespace Fovea;

/// <summary>
/// A training run as JSON lines (UTF-8): an object for each completed epoch with <c>epoch</c>, <c>epochs</c>, <c>step</c>, <c>steps</c>,
/// <c>completed</c>, <c>learningRate</c>, <c>training</c> and <c>validation</c> (objects of <see cref="Measure"/>s; no <c>validation</c>
/// where there was none), <c>imagesPerSecond</c>, <c>durationSeconds</c>, <c>elapsedSeconds</c> and <c>remainingSeconds</c>; on request also
/// lines within an epoch. What is no finite number is <c>null</c>, as JSON knows no other. Each line is in the file once it is reported.
/// </summary>
public sealed class JsonLinesProgress : IProgress<TrainingProgress>, IDisposable
{
    // Lines of a log are no HTML: names stay readable.
    private static readonly JsonWriterOptions _format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;
    private readonly StepThrottle _steps;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file, by custom <c>.jsonl</c>, in a folder that exists.</param>
    /// <param name="append">Goes on in a file that is there, which is an error by default.</param>
    /// <param name="every">Also writes what is reported within an epoch (<c>completed</c> is false then), at most this often. Null, the default: completed epochs only.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is negative.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file is there and shall not be appended to, or it cannot be written.</exception>
    public JsonLinesProgress(string path, bool append = false, TimeSpan? every = null)
    {
        _steps = StepThrottle.Of(every);
        _file = LogFile.OpenLines(path, append);
        _json = new Utf8JsonWriter(_file, _format);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="IOException">It can no longer be written.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ObjectDisposedException.ThrowIf(!_file.CanWrite, this);
        if (value.Completed is null && !_steps.IsDue(value))
            return;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("epoch", value.Epoch);
        _json.WriteNumber("epochs", value.Epochs);
        _json.WriteNumber("step", value.Step);
        _json.WriteNumber("steps", value.Steps);
        _json.WriteBoolean("completed", value.Completed is not null);
        Write("learningRate", value.Completed?.LearningRate ?? value.LearningRate);
        Write("training", value.Completed?.Training ?? value.Training);
        if (value.Completed?.Validation is { } validation)
            Write("validation", validation);
        Write("imagesPerSecond", value.Completed?.ImagesPerSecond ?? value.ImagesPerSecond);
        if (value.Completed is { } epoch)
            Write("durationSeconds", epoch.Duration.TotalSeconds);
        Write("elapsedSeconds", value.Elapsed.TotalSeconds);
        Write("remainingSeconds", value.Remaining.TotalSeconds);
        _json.WriteEndObject();
        _json.Flush();
        _file.WriteByte((byte)'\n');
        _file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Write(string name, IReadOnlyDictionary<string, double> measures)
    {
        _json.WriteStartObject(name);
        foreach (var (measure, value) in measures)
            Write(measure, value);
        _json.WriteEndObject();
    }

    private void Write(string name, double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumber(name, value);
        else
            _json.WriteNull(name);
    }
}
