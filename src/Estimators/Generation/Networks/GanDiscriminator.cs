using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// Judges images: (N, C, H, W) in [−1, 1], and the classes (N, K) as 0 and 1 where it was built for them (else null), to a number
/// for each, (N,), the larger the more real.
/// </summary>
internal abstract class GanDiscriminator(string name) : nn.Module<Tensor, Tensor?, Tensor>(name);
