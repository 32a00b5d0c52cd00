using System.Runtime.ExceptionServices;

namespace Fovea.Data;

/// <summary>
/// One epoch under way: threads that each take the next batch, make it and put it where the consumer waits for its number.
/// A batch is made by one thread, and where its rows come from is decided in order, so threads change nothing but speed.
/// </summary>
internal sealed class EpochRun : IDisposable
{
    private readonly BatchLoader _loader;
    private readonly int _epoch;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly IRowFeed _feed;
    private readonly object _taking = new();
    private readonly object _gate = new();
    private readonly Queue<BatchBuffer> _free;
    private readonly BatchBuffer?[] _ready;
    private readonly Thread[] _threads;
    private BatchBuffer? _lent;
    private int _taken;
    private int _given;
    private bool _stopped;

    public EpochRun(BatchLoader loader, int epoch, CancellationToken cancellation)
    {
        _loader = loader;
        _epoch = epoch;
        _cancellation = cancellation;
        var set = loader.Set;
        var options = set.Store.Options;
        _feed = set.Store.IsStreamed
            ? new StreamedFeed(set, loader.Shuffle, loader.Seed, epoch)
            : new IndexedFeed(set, loader.Shuffle, loader.Seed, epoch);
        var threads = Math.Min(options.ThreadsToUse, loader.BatchesPerEpoch);
        // One batch with the consumer, some ready, one under each thread's hands.
        var buffers = loader.Buffers(Math.Min(1 + options.Prefetch + threads, loader.BatchesPerEpoch + 1));
        _free = new Queue<BatchBuffer>(buffers);
        _ready = new BatchBuffer?[buffers.Count];
        _registration = cancellation.Register(Stop);
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"Fovea loader {i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The next batch; null behind the last. Takes back the one given before.</summary>
    public ImageBatch? Next()
    {
        while (Await() is { } buffer)
        {
            buffer.Error?.Throw();
            // Rows that were left out may leave nothing, or too little.
            if (buffer.Count >= Math.Min(_loader.LeastRows, _loader.RowsOf(buffer.Sequence)))
                return buffer.ToBatch();
        }
        return null;
    }

    private BatchBuffer? Await()
    {
        lock (_gate)
        {
            if (_lent is not null)
            {
                _lent.Release();
                _free.Enqueue(_lent);
                _lent = null;
                Monitor.PulseAll(_gate);
            }
            if (_given == _loader.BatchesPerEpoch)
                return null;
            var place = _given % _ready.Length;
            while (!_stopped && _ready[place] is null)
                Monitor.Wait(_gate);
            _cancellation.ThrowIfCancellationRequested();
            _lent = _ready[place]!;
            _ready[place] = null;
            _given++;
            return _lent;
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        Stop();
        foreach (var thread in _threads)
            thread.Join();
        _lent?.Release();
        _feed.Dispose();
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Work()
    {
        var filler = new BatchFiller(_loader, _epoch);
        while (Take() is { } buffer)
        {
            try
            {
                if (buffer.Error is null)
                    filler.Fill(buffer, ref _stopped);
            }
            catch (Exception e)
            {
                buffer.Error = ExceptionDispatchInfo.Capture(e);
            }
            lock (_gate)
            {
                _ready[buffer.Sequence % _ready.Length] = buffer;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>A free buffer with the rows of the next batch in it.</summary>
    private BatchBuffer? Take()
    {
        lock (_taking)
        {
            BatchBuffer buffer;
            lock (_gate)
            {
                while (!_stopped && _free.Count == 0 && _taken < _loader.BatchesPerEpoch)
                    Monitor.Wait(_gate);
                if (_stopped || _taken == _loader.BatchesPerEpoch)
                    return null;
                buffer = _free.Dequeue();
            }
            buffer.Error = null;
            buffer.Sequence = _taken;
            buffer.Count = _loader.RowsOf(_taken);
            _taken++;
            try
            {
                _feed.Take(buffer);
            }
            catch (Exception e)
            {
                // The consumer meets it at this batch; what follows in the stream is not to be trusted.
                buffer.Error = ExceptionDispatchInfo.Capture(e);
                _taken = _loader.BatchesPerEpoch;
            }
            return buffer;
        }
    }
}
