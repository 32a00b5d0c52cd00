namespace Microsoft.ML.Data;

/// <summary>A row over another, which it disposes.</summary>
internal abstract class WrappingRow(DataViewRow input) : DataViewRow
{
    private bool _disposed;

    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

    protected DataViewRow Input { get; } = input;

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

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

    /// <summary>Disposes what this row holds besides its input.</summary>
    protected virtual void DisposeOwn() { }
}
