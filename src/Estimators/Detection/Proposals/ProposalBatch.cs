using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>Where objects may be, whatever they are: P boxes for each image. All tensors on one device.</summary>
/// <param name="Boxes">(N, P, 4), float32: x0 y0 x1 y1 in pixels of the network's input.</param>
/// <param name="Exist">(N, P), bool: false for what only fills an image up to P.</param>
internal sealed record ProposalBatch(Tensor Boxes, Tensor Exist)
{
    /// <summary>(N, P), float32: how likely there is an object, from the highest down; null for boxes that come from elsewhere.</summary>
    public Tensor? Scores { get; init; }

    /// <summary>With the objects themselves, which the region head also learns from.</summary>
    public ProposalBatch With(DetectionTargets targets) => new(cat([Boxes, targets.Boxes], 1), cat([Exist, targets.Exist], 1));
}
