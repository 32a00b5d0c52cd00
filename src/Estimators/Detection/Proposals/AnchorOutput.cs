using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>What a region proposal network says about the anchors, A in all, those of the finest map first.</summary>
/// <param name="Objectness">(N, A), float32, logits.</param>
/// <param name="Codes">(N, A, 4), float32: how boxes differ from their anchors, see <see cref="BoxCoder"/>.</param>
/// <param name="Anchors">(A, 4), float32.</param>
/// <param name="PerMap">How many of the anchors are of each map.</param>
/// <param name="Height">Of the images, pixels.</param>
/// <param name="Width">Of the images, pixels.</param>
internal sealed record AnchorOutput(Tensor Objectness, Tensor Codes, Tensor Anchors, IReadOnlyList<long> PerMap, long Height, long Width);
