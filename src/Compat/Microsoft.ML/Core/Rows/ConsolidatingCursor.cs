using System.Collections.Concurrent;

namespace Microsoft.ML.Data;

/// <summary>
/// Runs several cursors over parts of the same rows, each on a thread of its own, and shows their rows in order. What is thrown there arrives as the
/// inner exception of an <see cref="InvalidOperationException"/>, as in the packages.
/// </summary>
internal sealed class ConsolidatingCursor : BatchCursor
{
    private readonly Worker[] _workers;
    private readonly CancellationTokenSource _stop = new();
    private Worker _owner;
    private bool _started;

    private ConsolidatingCursor(DataViewRowCursor[] inputs, BatchReader[] readers) : base(inputs[0].Schema, readers[0]) =>
        _workers = [.. inputs.Select((input, i) => new Worker(input, readers[i], _stop.Token))];

    public override long Batch => 0;

    /// <summary>How many cursors to run at once.</summary>
    public static int Threads => Math.Max(2, Environment.ProcessorCount - 1);

    /// <summary>A cursor over a view that has its columns computed on several threads, or null if their values cannot be handed from thread to thread or the view gives one cursor only.</summary>
    public static DataViewRowCursor Over(IDataView view, IEnumerable<DataViewSchema.Column> columns, Random random)
    {
        if (!columns.All(column => StoredColumn.CanHold(column.Type)))
            return null;
        var inputs = view.GetRowCursorSet(columns, Threads, random);
        return inputs.Length == 1 ? inputs[0] : new ConsolidatingCursor(inputs, [.. inputs.Select(input => new BatchReader(input))]);
    }

    protected override bool MoveNextCore()
    {
        if (!_started)
            Array.ForEach(_workers, worker => worker.Start());
        _started = true;
        if (_owner is not null && ++Index < Current.Count)
            return true;
        _owner?.Return(Current);
        // Each worker's batches ascend, so the least of their next ones is the next of all.
        _owner = _workers.Where(worker => worker.Next is not null).MinBy(worker => worker.Next.Number);
        Current = _owner?.TakeNext();
        Index = 0;
        return _owner is not null;
    }

    protected override void DisposeOwn()
    {
        _stop.Cancel();
        Array.ForEach(_workers, worker => worker.Finish());
        _stop.Dispose();
    }

    private sealed class Worker(DataViewRowCursor input, BatchReader reader, CancellationToken stop)
    {
        // One batch is shown, one waits, one is being filled.
        private const int Batches = 3;

        private readonly BlockingCollection<RowBatch> _ready = [];
        private readonly BlockingCollection<RowBatch> _free = [];
        private Task _running = Task.CompletedTask;
        private RowBatch _next;
        private Exception _error;

        /// <summary>The next batch, waited for; null behind the last.</summary>
        public RowBatch Next
        {
            get
            {
                if (_next is null && !_ready.TryTake(out _next, Timeout.Infinite) && _error is not null)
                    throw new InvalidOperationException($"Reading rows ahead on a thread failed: {_error.Message}", _error);
                return _next;
            }
        }

        public void Start()
        {
            for (int i = 0; i < Batches; i++)
                _free.Add(new(reader));
            _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public RowBatch TakeNext()
        {
            var taken = Next;
            _next = null;
            return taken;
        }

        public void Return(RowBatch batch) => _free.Add(batch);

        /// <summary>Waits for the thread, which has been told to stop, and disposes the cursor.</summary>
        public void Finish()
        {
            _running.Wait();
            input.Dispose();
            _ready.Dispose();
            _free.Dispose();
        }

        private void Run()
        {
            RowBatch batch = null;
            try
            {
                while (!stop.IsCancellationRequested && input.MoveNext())
                {
                    if (batch is not null && (batch.IsFull || batch.Number != input.Batch))
                    {
                        _ready.Add(batch, stop);
                        batch = null;
                    }
                    if (batch is null)
                    {
                        batch = _free.Take(stop);
                        batch.Clear(input.Batch);
                    }
                    batch.Add();
                }
                if (batch is not null)
                    _ready.Add(batch, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The cursor is being disposed.
            }
            catch (Exception error)
            {
                _error = error;
            }
            finally
            {
                _ready.CompleteAdding();
            }
        }
    }
}
