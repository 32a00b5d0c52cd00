using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Rows as the view's cursor gives them, for images that neither fit the memory budget nor can be had by row. The view
/// shuffles where it can; a pool of rows shuffles further.
/// </summary>
internal sealed class StreamedFeed : IRowFeed
{
    /// <summary>Rows to draw from. A constant, so that an order does not depend on the machine's memory.</summary>
    internal const int PoolRows = 1024;

    private readonly ImageStore _store;
    private readonly bool[] _isMember;
    private readonly DataViewRowCursor _cursor;
    private readonly StreamedRowReader _reader;
    private readonly ValueGetter<DataViewRowId>? _id;
    private readonly List<(int Row, StreamedRow Content)> _pool = [];
    private readonly RowRandom? _random;
    private int _position = -1;
    private bool _ended;

    public StreamedFeed(ImageSet set, bool shuffle, int seed, int epoch)
    {
        _store = set.Store;
        _isMember = new bool[_store.Rows.Count];
        foreach (var row in set.Rows)
            _isMember[row] = true;
        var byView = shuffle && _store.View.CanShuffle;
        if (shuffle)
        {
            _random = new RowRandom();
            _random.Seed(seed, epoch, -1);
        }
        _cursor = _store.View.GetRowCursor(StreamedRowReader.Columns(_store.Rows), byView ? new Random(_random!.Next()) : null);
        _reader = new StreamedRowReader(_cursor, _store.Rows);
        _id = byView ? _cursor.GetIdGetter() : null;
    }

    public void Take(BatchBuffer buffer)
    {
        buffer.Streamed ??= [.. Enumerable.Range(0, buffer.Capacity).Select(_ => new StreamedRow())];
        for (var i = 0; i < buffer.Count; i++)
        {
            if (_random is null)
            {
                buffer.Rows[i] = Read(buffer.Streamed[i]) ?? throw Short();
                continue;
            }
            while (!_ended && _pool.Count < PoolRows)
            {
                var content = new StreamedRow();
                if (Read(content) is not { } row)
                    break;
                _pool.Add((row, content));
            }
            if (_pool.Count == 0)
                throw Short();
            // The content changes places with the buffer's old one, whose memory takes the row that follows.
            var drawn = _random.Next(_pool.Count);
            (buffer.Rows[i], var old) = (_pool[drawn].Row, buffer.Streamed[i]);
            buffer.Streamed[i] = _pool[drawn].Content;
            if (_pool.Count == PoolRows && Read(old) is { } next)
                _pool[drawn] = (next, old);
            else
            {
                _pool[drawn] = _pool[^1];
                _pool.RemoveAt(_pool.Count - 1);
            }
        }
    }

    public void Dispose() => _cursor.Dispose();

    /// <summary>The next row of the set; null behind the last. Images of other rows are not asked for.</summary>
    private int? Read(StreamedRow content)
    {
        while (!_ended && _cursor.MoveNext())
        {
            var row = ++_position;
            if (_id is not null)
            {
                DataViewRowId id = default;
                _id(ref id);
                row = _store.RowOf(id);
            }
            if (row >= _isMember.Length || !_isMember[row])
                continue;
            _reader.Read(content, row);
            return row;
        }
        _ended = true;
        return null;
    }

    private InvalidDataException Short() =>
        new($"The view gave fewer rows than the {_isMember.Length} it gave before. A view must give the same rows each time.");
}
