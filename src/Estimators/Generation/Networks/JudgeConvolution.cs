using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>A discriminator's layer: a 4x4 convolution with stride 2, batch norm or spectral norm or neither, and a leaky ReLU of slope 0.2.</summary>
internal sealed class JudgeConvolution : nn.Module<Tensor, Tensor>, ILayerShape
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d? norm;
    private readonly SpectralNorm? spectral;

    public JudgeConvolution(long channels, long width, bool batchNorm, bool spectralNorm)
        : base(nameof(JudgeConvolution))
    {
        conv = nn.Conv2d(channels, width, kernel_size: 4, stride: 2, padding: 1, bias: !batchNorm);
        norm = batchNorm ? nn.BatchNorm2d(width) : null;
        spectral = spectralNorm ? new SpectralNorm(width, channels * 16) : null;
        RegisterComponents();
    }

    long ILayerShape.Kernel => 4;

    long ILayerShape.Stride => 2;

    long ILayerShape.Padding => 1;

    long ILayerShape.Filters => conv.out_channels;

    bool ILayerShape.Enlarges => false;

    long ILayerShape.Macs(long inputs, long outputs) => outputs * conv.in_channels * 16;

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, H / 2, W / 2).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = spectral is null ? conv.call(x) : nn.functional.conv2d(x, spectral.call(conv.weight), conv.bias, [2, 2], [1, 1]);
        if (norm is not null)
            y = norm.call(y);
        return nn.functional.leaky_relu(y, 0.2, inplace: true).MoveToOuterDisposeScope();
    }
}
