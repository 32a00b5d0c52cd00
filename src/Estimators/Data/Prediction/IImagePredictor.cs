using Microsoft.ML;

namespace Fovea.Data;

/// <summary>What a room's transformer makes of images. Reading, batching and the columns around it are this folder's.</summary>
/// <typeparam name="TPrediction">The result for one image, complete on the CPU.</typeparam>
internal interface IImagePredictor<TPrediction>
{
    /// <summary>Name of the column of images.</summary>
    string ImageColumn { get; }

    /// <summary>A second column that the result is made from too, as masks; null for none.</summary>
    /// <exception cref="ArgumentException">It is missing or of another type.</exception>
    DataViewSchema.Column? Companion(DataViewSchema input) => null;

    /// <summary>What messages call what the second column holds.</summary>
    string CompanionRole => "mask";

    /// <summary>Images predicted together.</summary>
    int BatchSize { get; }

    /// <summary>The columns that are added.</summary>
    IReadOnlyList<PredictionColumn<TPrediction>> Outputs { get; }

    /// <summary>Buffers to predict with, for one caller at a time. May be called by several threads at once.</summary>
    /// <param name="capacity">The most images together, at least 1.</param>
    IPredictionSession<TPrediction> Open(int capacity);
}
