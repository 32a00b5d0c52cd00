using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>A ResNet that tells classes apart, by its layers: 18, 34, 50, 101 or 152.</summary>
internal sealed class ResNetAttribute(int layers) : NetworkAttribute
{
    protected override nn.Module<Tensor, Tensor> Build(NetworkInput input) => new ResNet(input, ResNetPlan.Of(layers));
}
