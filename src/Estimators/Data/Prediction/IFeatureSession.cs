using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>Features of batch after batch. Used by one thread at a time.</summary>
internal interface IFeatureSession : IDisposable
{
    /// <param name="images">(N, C, H, W), uint8, on the CPU.</param>
    /// <returns>What the network's last layer is given, (N, F), float32, and the likeliest classes, (N,), int64, both on the CPU and the caller's.</returns>
    (Tensor Features, Tensor Classes) Extract(Tensor images);
}
