using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>The classes that the pixels of a batch should get, in the forms that losses ask for. All tensors on one device.</summary>
internal sealed class PixelTargets
{
    /// <summary>What cross-entropy passes over; PyTorch's own number.</summary>
    public const long IgnoreIndex = -100;

    private Tensor? _oneHot;

    /// <param name="masks">(N, H, W), uint8 or int64, class index in [0, K); <see cref="Sample.Ignored"/> where no class counts.</param>
    /// <param name="classes">K.</param>
    /// <param name="classWeights">(K,), float32; null for equal ones.</param>
    public PixelTargets(Tensor masks, int classes, Tensor? classWeights = null)
    {
        Classes = classes;
        ClassWeights = classWeights;
        IsIgnored = masks.eq(Sample.Ignored);                                       // (N, H, W) bool
        Indices = masks.to(ScalarType.Int64).masked_fill(IsIgnored, IgnoreIndex);   // (N, H, W) int64
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>(N, H, W), int64, class index in [0, K) or <see cref="IgnoreIndex"/>.</summary>
    public Tensor Indices { get; }

    /// <summary>(N, H, W), bool.</summary>
    public Tensor IsIgnored { get; }

    /// <summary>(K,), float32; null for equal ones.</summary>
    public Tensor? ClassWeights { get; }

    /// <summary>(N, K, H, W), float32: 1 where the pixel is of the class, 0 elsewhere and where no class counts.</summary>
    public Tensor OneHot => _oneHot ??= Indices.unsqueeze(1).eq(arange(Classes, ScalarType.Int64, Indices.device).view(1, Classes, 1, 1)).to(ScalarType.Float32);
}
