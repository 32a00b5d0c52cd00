using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>Makes images of latent vectors: (N, Z + K), the vector and then the class as 0 and 1, to (N, C, H, W) in [−1, 1], float32.</summary>
internal abstract class GanGenerator(string name) : nn.Module<Tensor, Tensor>(name);
