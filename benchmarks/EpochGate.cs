namespace Fovea.Benchmarks;

/// <summary>Lets a trainer train one epoch at a time: at the end of each it waits for the next to be asked for.</summary>
internal sealed class EpochGate : IProgress<TrainingProgress>, IDisposable
{
    private readonly SemaphoreSlim _next = new(0), _completed = new(0);
    private readonly CancellationTokenSource _end = new();
    private Task? _training;

    /// <summary>The last epoch.</summary>
    public EpochRecord? Last { get; private set; }

    /// <summary>For the options of the training.</summary>
    public CancellationToken Cancellation => _end.Token;

    /// <summary>Trains an epoch; the first time from the opening of the data.</summary>
    /// <param name="fit">The training, with options that have this gate as their progress.</param>
    public void Run(Action fit)
    {
        if (_training is null)
            _training = Task.Run(fit);
        else
            _next.Release();
        // A training that failed completes no epoch.
        if (Task.WaitAny(_training, _completed.WaitAsync()) == 0)
            _training.GetAwaiter().GetResult();
    }

    public void Report(TrainingProgress value)
    {
        if (value.Completed is not { } epoch)
            return;
        Last = epoch;
        _completed.Release();
        _next.Wait();
    }

    public void Dispose()
    {
        _end.Cancel();
        _next.Release();
        try
        {
            _training?.Wait();
        }
        catch (AggregateException e) when (e.InnerException is TrainingCanceledException)
        {
            // as it was told
        }
        _end.Dispose();
        _next.Dispose();
        _completed.Dispose();
    }
}
