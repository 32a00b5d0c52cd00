using System.Globalization;
using CsvHelper;
using Fovea.Reporting;

namespace Fovea;

/// <summary>
/// A training run as CSV (UTF-8, commas, numbers with a point): a header and a row for each completed epoch with <c>Epoch</c>,
/// <c>LearningRate</c>, <c>Training.</c> and <c>Validation.</c> and each <see cref="Measure"/>, <c>ImagesPerSecond</c>,
/// <c>DurationSeconds</c> and <c>ElapsedSeconds</c>. What is no finite number is an empty field. Each row is in the file once it is reported.
/// </summary>
public sealed class CsvProgress : IProgress<TrainingProgress>, IDisposable
{
    private static readonly CsvWriterOptions _format = new() { NewLine = "\n" };

    private readonly string _path;
    private readonly CsvWriter _csv;
    private IReadOnlyList<string>? _columns;
    private bool _isDisposed;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file, by custom <c>.csv</c>, in a folder that exists.</param>
    /// <param name="append">Goes on in a file that is there, which is an error by default; its columns must be those of the run.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file is there and shall not be appended to, or it cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is there but no training run.</exception>
    public CsvProgress(string path, bool append = false)
    {
        var file = LogFile.OpenLines(path, append);
        try
        {
            _path = file.Name;
            _columns = ReadHeader(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _csv = CsvWriter.Create(file, _format);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="InvalidOperationException">The run has other measures than the file has columns.</exception>
    /// <exception cref="IOException">It can no longer be written.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (value.Completed is not { } epoch)
            return;
        var fields = Fields(value, epoch).ToList();
        if (_columns is null)
        {
            _columns = [.. fields.Select(f => f.Name)];
            WriteRow(_columns);
        }
        else if (!_columns.SequenceEqual(fields.Select(f => f.Name)))
            throw new InvalidOperationException($"'{_path}' has the columns {string.Join(", ", _columns)}, but this run has {string.Join(", ", fields.Select(f => f.Name))}; give each run its own file.");
        WriteRow(fields.Select(f => double.IsFinite(f.Value) ? f.Value.ToString(CultureInfo.InvariantCulture) : ""));
        _csv.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _csv.Dispose();
    }

    private static IEnumerable<(string Name, double Value)> Fields(TrainingProgress progress, EpochRecord epoch) =>
    [
        (nameof(epoch.Epoch), epoch.Epoch),
        (nameof(epoch.LearningRate), epoch.LearningRate),
        .. epoch.Training.Select(m => ($"{nameof(epoch.Training)}.{m.Key}", m.Value)),
        .. (epoch.Validation ?? new Dictionary<string, double>()).Select(m => ($"{nameof(epoch.Validation)}.{m.Key}", m.Value)),
        (nameof(epoch.ImagesPerSecond), epoch.ImagesPerSecond),
        ("DurationSeconds", epoch.Duration.TotalSeconds),
        ("ElapsedSeconds", progress.Elapsed.TotalSeconds),
    ];

    private void WriteRow(IEnumerable<string> fields)
    {
        foreach (var field in fields)
            _csv.WriteField(field);
        _csv.EndRecord();
    }

    /// <returns>Null where the file is empty.</returns>
    private static string[]? ReadHeader(FileStream file)
    {
        if (file.Length == 0)
            return null;
        file.Position = 0;
        using var csv = CsvReader.Create(file, new CsvReaderOptions(), leaveOpen: true);
        csv.ReadHeader();
        string[] header = [.. csv.Headers ?? []];
        file.Seek(0, SeekOrigin.End);
        return header is [nameof(EpochRecord.Epoch), nameof(EpochRecord.LearningRate), ..] ? header
            : throw new InvalidDataException($"'{file.Name}' has the header '{string.Join(",", header)}', which is not that of a training run ({nameof(EpochRecord.Epoch)},{nameof(EpochRecord.LearningRate)},...); give another path.");
    }
}
