namespace Fovea.Data;

/// <summary>Predicts batch after batch with the same buffers. Used by one thread at a time.</summary>
internal interface IPredictionSession<out TPrediction> : IDisposable
{
    /// <param name="images">
    /// Of at least 1 row, at most the session's capacity; the caller's. Where the predictor wants a second column, each row's image is followed by what that holds.
    /// </param>
    /// <returns>A result for each row.</returns>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names the first.</exception>
    TPrediction[] Predict(ReadOnlySpan<RawImage> images);
}
