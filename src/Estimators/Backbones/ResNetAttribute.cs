using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>A ResNet, by the blocks of its four stages.</summary>
internal sealed class ResNetAttribute(bool bottleneck, int stage1, int stage2, int stage3, int stage4) : NetworkAttribute
{
    protected override nn.Module<Tensor, Tensor> Build(NetworkInput input) => new ResNet(input, bottleneck, stage1, stage2, stage3, stage4);
}
