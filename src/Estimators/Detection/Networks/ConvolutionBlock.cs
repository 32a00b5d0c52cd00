using Fovea.Backbones;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>Convolution, batch norm, SiLU: what YOLO is built of since YOLOv5; before it was a leaky ReLU.</summary>
internal sealed class ConvolutionBlock : nn.Module<Tensor, Tensor>, IConvolutionNorms
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;
    private readonly SiLU act;
    private readonly ConvolutionNorm _normed;

    public ConvolutionBlock(long channels, long width, int kernel, int stride = 1) : base(nameof(ConvolutionBlock))
    {
        conv = nn.Conv2d(channels, width, kernel_size: kernel, stride: stride, padding: kernel / 2, bias: false);
        bn = nn.BatchNorm2d(width);
        act = nn.SiLU(inplace: true);
        _normed = new(conv, bn);
        RegisterComponents();
    }

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => [_normed];

    /// <param name="x">(N, channels, H, W).</param>
    /// <returns>(N, width, H/stride, W/stride).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = _normed.Call(x);
        // LibTorch 1.13's SiLU of bfloat16 takes twice as long on a CPU as that of float32 with both conversions, which is exact besides.
        var y = x.dtype == ScalarType.BFloat16 && x.device.type == DeviceType.CPU && !is_grad_enabled()
            ? act.call(x.to(ScalarType.Float32)).to(ScalarType.BFloat16)
            : act.call(x);
        return y.MoveToOuterDisposeScope();
    }
}
