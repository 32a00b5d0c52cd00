namespace Microsoft.ML.Data;

/// <summary>A cursor over another that shows each of its rows; moves with it and disposes it.</summary>
internal abstract class WrappingCursor(DataViewRowCursor input) : DataViewRowCursor
{
    private bool _disposed;

    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; } = input;

    public sealed override bool MoveNext() => Input.MoveNext();

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    /// <summary>Disposes what this cursor holds besides its input; called once.</summary>
    protected virtual void DisposeOwn() { }

    protected sealed override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!disposing)
            return;
        DisposeOwn();
        Input.Dispose();
    }
}
