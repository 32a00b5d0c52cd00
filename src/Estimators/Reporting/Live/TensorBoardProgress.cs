using Fovea.Data;
using Fovea.Reporting;
using Google.Protobuf;
using Microsoft.ML.Data;

namespace Fovea;

/// <summary>
/// A training run as scalars for TensorBoard: after each epoch <c>Loss/Training</c>, <c>Loss/Validation</c> and so for every
/// <see cref="Measure"/>, <c>LearningRate</c> and <c>ImagesPerSecond</c> over the epochs; on request also the means within an epoch,
/// <c>Running/Loss</c> and so on, over the steps since training began. With <see cref="TrainingOptions.ParametersEvery"/> also
/// histograms <c>Weights/</c> and <c>Gradients/</c> of every parameter over the epochs; and pictures that the caller adds. Values
/// that are not finite are left out. What is written is in the file at once: <c>tensorboard --logdir</c> with the folder above shows
/// the run while it goes on.
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
            ], value.Parameters);
        else if (_steps.IsDue(value))
            Write((value.Epoch - 1L) * value.Steps + value.Step,
            [
                .. value.Training.Select(m => ($"Running/{m.Key}", m.Value)),
                ($"Running/{nameof(value.LearningRate)}", value.LearningRate),
                ($"Running/{nameof(value.ImagesPerSecond)}", value.ImagesPerSecond),
            ]);
    }

    /// <summary>Adds a picture, such as a sheet that was saved, to those of its name.</summary>
    /// <param name="name">What it shows; TensorBoard puts the pictures of one name behind a slider.</param>
    /// <param name="path">A file of any image format that this library reads.</param>
    /// <param name="epoch">Its place on the slider, at least 0.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no image.</exception>
    /// <exception cref="ObjectDisposedException">The event file is closed.</exception>
    /// <exception cref="IOException">The picture cannot be read, or the event file no longer be written.</exception>
    public void AddImage(string name, string path, int epoch)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Add(name, new RawImage { Kind = RawImageKind.File, Path = path }, epoch);
    }

    /// <summary>Adds a picture to those of its name.</summary>
    /// <param name="name">What it shows; TensorBoard puts the pictures of one name behind a slider.</param>
    /// <param name="image">Any image; it stays the caller's.</param>
    /// <param name="epoch">Its place on the slider, at least 0.</param>
    /// <exception cref="ArgumentException">Its pixel format is neither Bgra32 nor Rgba32.</exception>
    /// <exception cref="ObjectDisposedException">The event file is closed.</exception>
    /// <exception cref="IOException">It can no longer be written.</exception>
    public void AddImage(string name, MLImage image, int epoch)
    {
        ArgumentNullException.ThrowIfNull(image);
        var raw = new RawImage();
        if (!raw.TryTake(image))
            throw new ArgumentException($"The image has the pixel format {image.PixelFormat}; it must be Bgra32 or Rgba32.", nameof(image));
        Add(name, raw, epoch);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _events.Dispose();
    }

    private void Add(string name, RawImage image, int epoch)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var whole = new WholeImage();
        var pixels = whole.Read(image);
        WriteValues(epoch, [SummaryValue.Image(name, whole.Width, whole.Height, PngFile.Encode(new Canvas(whole.Width, whole.Height, 3, pixels)))]);
    }

    private void Write(long step, IEnumerable<(string Tag, double Value)> scalars, IReadOnlyList<ParameterHistogram>? parameters = null) => WriteValues(step,
    [
        .. scalars.Where(s => double.IsFinite(s.Value)).Select(s => SummaryValue.Scalar(s.Tag, s.Value)),
        .. (parameters ?? []).SelectMany(p => new[] { ($"Weights/{p.Name}", p.Values), ($"Gradients/{p.Name}", p.Gradients) })
            .Where(h => h.Item2 is not null).Select(h => SummaryValue.Histogram(h.Item1, h.Item2!)),
    ]);

    private void WriteValues(long step, IReadOnlyList<ByteString> values)
    {
        _events.Write(_time.GetUtcNow(), step, values);
        _events.Flush();
    }
}
