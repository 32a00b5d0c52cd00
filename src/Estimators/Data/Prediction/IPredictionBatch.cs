using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Takes in the rows of a cursor, or one row, and predicts them together. Used by one thread at a time.</summary>
/// <typeparam name="TPrediction">The result for one row.</typeparam>
internal interface IPredictionBatch<out TPrediction> : IDisposable
{
    /// <summary>Takes in what the row holds now; at most the mapper's batch size of them before <see cref="Predict"/>.</summary>
    /// <exception cref="InvalidDataException">The row cannot be read; the message names it.</exception>
    void Add();

    /// <summary>Predicts the rows taken in, at least 1, and begins anew.</summary>
    /// <returns>A result for each, in their order.</returns>
    /// <exception cref="InvalidDataException">One of them cannot be predicted; the message names the first.</exception>
    TPrediction[] Predict();
}
