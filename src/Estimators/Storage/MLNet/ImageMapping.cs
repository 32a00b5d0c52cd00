using System.Runtime.InteropServices;
using Microsoft.ML.Transforms;

namespace Fovea.Storage;

/// <summary>Predicts rows of a model that ML.NET loaded. A room derives one for each kind of image column.</summary>
/// <typeparam name="TRow">The image and the state.</typeparam>
/// <typeparam name="TImage">The image column's raw type.</typeparam>
/// <typeparam name="TPrediction">What the model says of an image.</typeparam>
/// <typeparam name="TResult">The same as columns.</typeparam>
internal abstract class ImageMapping<TRow, TImage, TPrediction, TResult> : CustomMappingFactory<TRow, TResult>
    where TRow : class, IImageRow<TImage>, new()
    where TResult : class, new()
{
    private readonly Lock _opening = new();
    private Opened? _opened;

    public sealed override Action<TRow, TResult> GetMapping() => (row, result) => Write(Open(row.State)(row.Image), result);

    /// <summary>The kind of model that is read.</summary>
    protected abstract string Kind { get; }

    /// <summary>Makes the model: a function that several threads may call at once.</summary>
    protected abstract Func<TImage, TPrediction> Read(StoredModel stored);

    /// <summary>Called by several threads at once.</summary>
    protected abstract void Write(TPrediction prediction, TResult result);

    /// <summary>Every row brings the same text, by reference, so the model in it is read once.</summary>
    private Func<TImage, TPrediction> Open(ReadOnlyMemory<char> state)
    {
        if (Volatile.Read(ref _opened) is { } opened && opened.State.Equals(state))
            return opened.Predict;
        lock (_opening)
        {
            if (_opened is { } meanwhile && meanwhile.State.Equals(state))
                return meanwhile.Predict;
            using var stored = ModelFile.Read(new MemoryStream(Decode(state), writable: false), "the vision model in a model of ML.NET", [Kind]);
            var fresh = new Opened(state, Read(stored));
            Volatile.Write(ref _opened, fresh);
            return fresh.Predict;
        }
    }

    private static byte[] Decode(ReadOnlyMemory<char> state)
    {
        try
        {
            return MemoryMarshal.TryGetString(state, out var text, out var start, out var length) && start == 0 && length == text.Length
                ? Convert.FromBase64String(text)
                : Convert.FromBase64CharArray(state.ToArray(), 0, state.Length);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("The vision model in a model of ML.NET is damaged: it is no base64. Load the file again from where it came.", e);
        }
    }

    private sealed record Opened(ReadOnlyMemory<char> State, Func<TImage, TPrediction> Predict);
}
