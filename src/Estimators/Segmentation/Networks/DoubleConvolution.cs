using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>The U-Net's step: two padded 3x3 convolutions, each with batch norm (or a bias instead) and ReLU.</summary>
internal sealed class DoubleConvolution : nn.Module<Tensor, Tensor>, IConvolutionNorms
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d? bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d? bn2;
    private readonly ReLU relu;
    private readonly ConvolutionNorm _first, _second;

    public DoubleConvolution(long channels, long width, bool batchNorm)
        : base(nameof(DoubleConvolution))
    {
        conv1 = nn.Conv2d(channels, width, kernel_size: 3, padding: 1, bias: !batchNorm);
        bn1 = batchNorm ? nn.BatchNorm2d(width) : null;
        conv2 = nn.Conv2d(width, width, kernel_size: 3, padding: 1, bias: !batchNorm);
        bn2 = batchNorm ? nn.BatchNorm2d(width) : null;
        relu = nn.ReLU(inplace: true);
        (_first, _second) = (new(conv1, bn1, relu), new(conv2, bn2, relu));
        RegisterComponents();
    }

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => [_first, _second];

    public override Tensor forward(Tensor x)
    {
        // At full height and width every map held longer than needed is the largest there is.
        using var scope = NewDisposeScope();
        var y = _first.Call(x);                                                         // (N, width, H, W)
        return _second.Call(y).MoveToOuterDisposeScope();                               // (N, width, H, W)
    }
}
