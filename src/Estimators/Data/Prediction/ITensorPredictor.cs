using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>A predictor that sees all images in one size, so that a batch is one tensor.</summary>
internal interface ITensorPredictor<TPrediction> : IImagePredictor<TPrediction>
{
    /// <summary>What the network wants to see.</summary>
    ImageInput Input { get; }

    /// <summary>May be called by several threads at once.</summary>
    /// <param name="images">(N, C, H, W) uint8 on the CPU; the caller's, and overwritten after the call.</param>
    /// <returns>N results.</returns>
    TPrediction[] Predict(Tensor images);

    IPredictionSession<TPrediction> IImagePredictor<TPrediction>.Open(int capacity) => new TensorSession<TPrediction>(this, capacity);
}
