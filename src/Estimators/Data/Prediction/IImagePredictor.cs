using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>What a room's transformer makes of images. Reading, batching and the columns around it are this folder's.</summary>
/// <typeparam name="TPrediction">The result for one image, complete on the CPU.</typeparam>
internal interface IImagePredictor<TPrediction>
{
    /// <summary>What the network wants to see.</summary>
    ImageInput Input { get; }

    /// <summary>Name of the column of images.</summary>
    string ImageColumn { get; }

    /// <summary>Images predicted together.</summary>
    int BatchSize { get; }

    /// <summary>The columns that are added.</summary>
    IReadOnlyList<PredictionColumn<TPrediction>> Outputs { get; }

    /// <summary>May be called by several threads at once.</summary>
    /// <param name="images">(N, C, H, W) uint8 on the CPU; the caller's, and overwritten after the call.</param>
    /// <returns>N results.</returns>
    TPrediction[] Predict(Tensor images);
}

/// <summary>One column that a predictor adds.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="Getter">Makes the <see cref="ValueGetter{TValue}"/> of the column's raw type from a way to the current row's result.</param>
internal sealed record PredictionColumn<TPrediction>(DataViewSchema.DetachedColumn Column, Func<Func<TPrediction>, Delegate> Getter);
