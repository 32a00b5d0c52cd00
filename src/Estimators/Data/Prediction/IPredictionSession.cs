namespace Fovea.Data;

/// <summary>Predicts batch after batch with the same buffers. Used by one thread at a time.</summary>
internal interface IPredictionSession<out TPrediction> : IDisposable
{
    /// <param name="images">At least 1, at most the session's capacity; the caller's.</param>
    /// <returns>A result for each image.</returns>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names the first.</exception>
    TPrediction[] Predict(ReadOnlySpan<RawImage> images);
}
