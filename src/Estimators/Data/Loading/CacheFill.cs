using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Reads every image of a view once, on all threads, into the store's cache: one thread at a time moves the cursor, the others decode.</summary>
internal sealed class CacheFill
{
    /// <summary>Rows a thread takes at once: few enough that threads finish together, many enough that the lock is cheap.</summary>
    private const int RowsAtOnce = 32;

    private readonly ImageStore _store;
    private readonly DataViewRowCursor _cursor;
    private readonly StreamedRowReader _reader;
    private readonly CancellationToken _cancellation;
    private readonly Lock _taking = new();
    private int _next;
    private (int Row, ExceptionDispatchInfo Error)? _first;

    private CacheFill(ImageStore store, DataViewRowCursor cursor, CancellationToken cancellation)
    {
        _store = store;
        _cursor = cursor;
        _reader = new StreamedRowReader(cursor, store.Rows);
        _cancellation = cancellation;
    }

    /// <exception cref="InvalidDataException">An image cannot be read: the first of the view that cannot.</exception>
    public static void Run(ImageStore store, CancellationToken cancellation)
    {
        using var cursor = store.View.GetRowCursor(StreamedRowReader.Columns(store.Rows));
        var fill = new CacheFill(store, cursor, cancellation);
        var threads = Enumerable.Range(1, store.Options.ThreadsToUse - 1).Select(i => new Thread(fill.Work) { IsBackground = true, Name = $"Fovea loader {i}" }).ToList();
        threads.ForEach(t => t.Start());
        fill.Work();
        threads.ForEach(t => t.Join());
        cancellation.ThrowIfCancellationRequested();
        fill._first?.Error.Throw();
        if (fill._next < store.Rows.Count)
            throw new InvalidDataException($"The view gave {fill._next} rows, but {store.Rows.Count} before. A view must give the same rows each time.");
    }

    private void Work()
    {
        var rows = Enumerable.Range(0, RowsAtOnce).Select(_ => new StreamedRow()).ToArray();
        var reader = new SampleReader(_store);
        var pixels = new byte[_store.Input.SampleBytes];
        var mask = new byte[_store.HasMasks ? _store.Input.Height * _store.Input.Width : 0];
        while (true)
        {
            var start = 0;
            var at = 0;
            try
            {
                var count = Take(rows, ref start, ref at);
                if (count == 0)
                    return;
                for (at = 0; at < count; at++)
                {
                    if (reader.Read(start + at, rows[at], pixels, mask) is { } placement)
                        _store.Keep(start + at, placement, reader, pixels, mask);
                }
            }
            catch (Exception e)
            {
                // Which thread meets its error first is chance; the error of the lowest row is not.
                lock (_taking)
                    if (_first is null || start + at < _first.Value.Row)
                        _first = (start + at, ExceptionDispatchInfo.Capture(e));
                return;
            }
        }
    }

    private int Take(StreamedRow[] rows, ref int start, ref int at)
    {
        lock (_taking)
        {
            start = _next;
            if (_first is not null || _cancellation.IsCancellationRequested)
                return 0;
            for (at = 0; at < rows.Length && _next < _store.Rows.Count && _cursor.MoveNext(); at++, _next++)
                _reader.Read(rows[at], _next);
            return at;
        }
    }
}
