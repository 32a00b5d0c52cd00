using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>Half the height and width: a 3x3 convolution with stride 2, batch norm where wanted, ReLU.</summary>
internal sealed class HalvingStep : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d? bn;

    public HalvingStep(long channels, long width, bool batchNorm)
        : base(nameof(HalvingStep))
    {
        conv = nn.Conv2d(channels, width, kernel_size: 3, stride: 2, padding: 1, bias: !batchNorm);
        bn = batchNorm ? nn.BatchNorm2d(width) : null;
        RegisterComponents();
    }

    /// <param name="x">(N, channels, H, W), even sides.</param>
    /// <returns>(N, width, H/2, W/2).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = conv.call(x);
        return nn.functional.relu(bn is null ? y : bn.call(y), inplace: true).MoveToOuterDisposeScope();
    }
}
