using TorchSharp;

namespace Fovea.Data;

/// <summary>
/// A batch on the CPU. Its tensors are the loader's and lie in buffers used again: they hold until the next batch is asked
/// for, and nobody else disposes them.
/// </summary>
internal sealed class ImageBatch
{
    /// <summary>(N, C, H, W), uint8, RGB; channels-last where the loader was asked for it.</summary>
    public required torch.Tensor Images { get; init; }

    /// <summary>(N,), int64, class index in [0, K); -1 where the set has no labels.</summary>
    public required torch.Tensor Labels { get; init; }

    /// <summary>(N,), int64, class index in [0, K) of the image mixed into each; null where the augmentation mixes none.</summary>
    public torch.Tensor? MixedLabels { get; init; }

    /// <summary>(N,), float32, share of <see cref="Labels"/> in [0, 1], 1 where an image was not mixed; null where the augmentation mixes none.</summary>
    public torch.Tensor? MixShare { get; init; }

    /// <summary>(N, H, W), uint8, class index in [0, K), 255 where no class counts; null where the set has no masks.</summary>
    public torch.Tensor? Masks { get; init; }

    /// <summary>The objects; null where the set has no boxes.</summary>
    public BoxBatch? Boxes { get; init; }

    /// <summary>N, from 1 to the batch size (one more where the last row joined).</summary>
    public required int Count { get; init; }

    /// <summary>The row of each image in its view, from 0.</summary>
    public required ReadOnlyMemory<int> Rows { get; init; }
}
