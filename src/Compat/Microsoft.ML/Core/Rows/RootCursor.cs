using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that moves by itself: counts its position and disposes itself behind the last row.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _disposed;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_disposed)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    /// <summary>Throws unless the cursor stands on a row; every getter begins with it.</summary>
    protected void CheckOnRow() => Check.That(_position >= 0, Errors.NoRow);

    /// <summary>Disposes what the cursor holds; called once.</summary>
    protected virtual void DisposeOwn() { }

    protected sealed override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        _position = -1;
        if (disposing)
            DisposeOwn();
    }
}
