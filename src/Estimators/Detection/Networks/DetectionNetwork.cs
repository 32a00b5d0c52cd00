using Fovea.Detection.Proposals;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// A network that finds objects. Images are (N, C, H, W) float32, normalized, H and W multiples of <see cref="Stride"/>; boxes are
/// x0 y0 x1 y1 in pixels of these images. All its methods are called under autocast, so what leaves a layer may be bfloat16: losses and
/// boxes are computed from it in float32.
/// </summary>
internal abstract class DetectionNetwork : nn.Module
{
    /// <summary>Every height and width must be a multiple of it, pixels.</summary>
    public const int Stride = 32;

    /// <param name="name">Of the module.</param>
    protected DetectionNetwork(string name) : base(name) { }

    /// <summary>Names of what <see cref="Losses"/> gives, as the history shows them.</summary>
    public abstract IReadOnlyList<string> LossParts { get; }

    /// <summary>The layers whose shape follows from K, by the beginnings of their keys: they begin anew when other classes are learned.</summary>
    public abstract IReadOnlyList<string> ClassLayers { get; }

    /// <summary>The key in this network of a weight that a file calls otherwise; by default every key is its own.</summary>
    public virtual string CurrentKey(string key) => key;

    /// <summary>What is minimized, in parts; with gradients where they are enabled, in train and in eval mode.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="targets">The objects.</param>
    /// <returns>(P,), float32, weighted: their sum is the loss. Finite also where an image or the whole batch has no object.</returns>
    public abstract Tensor Losses(Tensor images, DetectionTargets targets);

    /// <summary>Where objects may be, before non-maximum suppression. In eval mode, without gradients.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="limits">Which candidates are of use.</param>
    public abstract Candidates Predict(Tensor images, CandidateLimits limits);

    /// <summary>The same where it is told where objects may be; only networks that are built for that.</summary>
    public virtual Candidates Predict(Tensor images, ProposalBatch proposals, CandidateLimits limits) =>
        throw new NotSupportedException($"{GetType().Name} looks for objects everywhere.");

    /// <summary>Both, for validation: a network that shares its forward pass between them overrides this.</summary>
    public virtual (Tensor Losses, Candidates Candidates) Evaluate(Tensor images, DetectionTargets targets, CandidateLimits limits) =>
        (Losses(images, targets), Predict(images, limits));
}
