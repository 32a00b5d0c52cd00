using Fovea.Reporting;

namespace Fovea;

/// <summary>
/// A training run as scalars for TensorBoard: after each epoch <c>Loss/Training</c>, <c>Loss/Validation</c> and so for every
/// <see cref="Measure"/>, <c>LearningRate</c> and <c>ImagesPerSecond</c> over the epochs; on request also the means within an epoch,
/// <c>Running/Loss</c> and so on, over the steps since training began. Values that are not finite are left out. What is written is in the
/// file at once: <c>tensorboard --logdir</c> with the folder above shows the run while it goes on.
/// </summary>
public sealed class TensorBoardProgress : IProgress<TrainingProgress>, IDisposable
{
    private const string FilePrefix = "events.out.tfevents.";
    private static int _files;

    private readonly TimeProvider _time;
    private readonly EventFile _events;
    private readonly StepThrottle _steps;
    private bool _isDisposed;

    /// <summary>Opens an event file in the run's folder.</summary>
    /// <param name="folder">The run's own folder, whose name TensorBoard shows; it is created where it is missing.</param>
    /// <param name="append">Adds a file to a folder that has events already, which is an error by default: TensorBoard joins them to one zigzag curve.</param>
    /// <param name="every">Also writes what is reported within an epoch, at most this often. Null, the default: completed epochs only.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is negative.</exception>
    /// <exception cref="IOException">The folder has events and shall not be appended to, is a file, or cannot be written.</exception>
    public TensorBoardProgress(string folder, bool append = false, TimeSpan? every = null) : this(folder, append, every, TimeProvider.System) { }

    internal TensorBoardProgress(string folder, bool append, TimeSpan? every, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _time = time;
        _steps = StepThrottle.Of(every);
        var target = Path.GetFullPath(folder);
        if (File.Exists(target))
            throw new IOException($"'{target}' is a file; give the path of a folder for the run.");
        try
        {
            Directory.CreateDirectory(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{target}' cannot be created: {e.Message}", e);
        }
        if (!append && Directory.EnumerateFiles(target, FilePrefix + "*").FirstOrDefault() is { } present)
            throw new IOException($"'{target}' has events of another run already ('{Path.GetFileName(present)}'); give each run its own folder, or pass append: true to add to it.");
        var now = time.GetUtcNow();
        // TensorBoard reads the files of a folder in the order of their names: the time comes first.
        var name = $"{FilePrefix}{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref _files) - 1}";
        FilePath = Path.Combine(target, name);
        _events = new EventFile(LogFile.Open(FilePath, append: false), now);
        _events.Flush();
    }

    /// <summary>The event file.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="IOException">It can no longer be written.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (value.Completed is { } epoch)
            Write(epoch.Epoch,
            [
                .. epoch.Training.Select(m => ($"{m.Key}/{nameof(epoch.Training)}", m.Value)),
                .. (epoch.Validation ?? new Dictionary<string, double>()).Select(m => ($"{m.Key}/{nameof(epoch.Validation)}", m.Value)),
                (nameof(epoch.LearningRate), epoch.LearningRate),
                (nameof(epoch.ImagesPerSecond), epoch.ImagesPerSecond),
            ]);
        else if (_steps.IsDue(value))
            Write((value.Epoch - 1L) * value.Steps + value.Step,
            [
                .. value.Training.Select(m => ($"Running/{m.Key}", m.Value)),
                ($"Running/{nameof(value.LearningRate)}", value.LearningRate),
                ($"Running/{nameof(value.ImagesPerSecond)}", value.ImagesPerSecond),
            ]);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _events.Dispose();
    }

    private void Write(long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        _events.Write(_time.GetUtcNow(), step, scalars.Where(s => double.IsFinite(s.Value)));
        _events.Flush();
    }
}
