namespace Microsoft.ML.Data;

/// <summary>Deals one cursor's rows out to several that may run on threads of their own; each takes the next batch when it has shown its last.</summary>
internal sealed class RowSplitter
{
    private readonly DataViewRowCursor _input;
    private readonly BatchReader _reader;
    private readonly Lock _taking = new();
    private long _taken;
    private bool _ended;
    private int _cursors;

    private RowSplitter(DataViewRowCursor input, int count)
    {
        _input = input;
        _reader = new(input);
        _cursors = count;
    }

    /// <summary>The cursor itself where its values cannot be kept (images, for one) or one is enough.</summary>
    public static DataViewRowCursor[] Split(DataViewRowCursor input, int count)
    {
        if (count <= 1 || !input.Schema.All(column => !input.IsColumnActive(column) || StoredColumn.CanHold(column.Type)))
            return [input];
        var splitter = new RowSplitter(input, count);
        return [.. Enumerable.Range(0, count).Select(_ => new Cursor(splitter))];
    }

    private bool Take(RowBatch batch)
    {
        lock (_taking)
        {
            batch.Clear(_taken++);
            // Whoever meets an error reports it; the others end.
            bool more = !_ended;
            _ended = true;
            while (more && !batch.IsFull)
                if (more = _input.MoveNext())
                    batch.Add();
            _ended = !more;
            return batch.Count > 0;
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _cursors) == 0)
            _input.Dispose();
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly RowSplitter _splitter;

        public Cursor(RowSplitter splitter) : base(splitter._input.Schema, splitter._reader)
        {
            _splitter = splitter;
            Current = new(splitter._reader);
        }

        public override long Batch => Current.Number;

        protected override bool MoveNextCore()
        {
            if (++Index < Current.Count)
                return true;
            Index = 0;
            return _splitter.Take(Current);
        }

        protected override void DisposeOwn() => _splitter.Release();
    }
}
