using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>Convolution, batch norm, SiLU: what YOLO is built of since YOLOv5; before it was a leaky ReLU.</summary>
internal sealed class ConvolutionBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;
    private readonly SiLU act;

    public ConvolutionBlock(long channels, long width, int kernel, int stride = 1) : base(nameof(ConvolutionBlock))
    {
        conv = nn.Conv2d(channels, width, kernel_size: kernel, stride: stride, padding: kernel / 2, bias: false);
        bn = nn.BatchNorm2d(width);
        act = nn.SiLU(inplace: true);
        RegisterComponents();
    }

    /// <param name="x">(N, channels, H, W).</param>
    /// <returns>(N, width, H/stride, W/stride).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return act.call(bn.call(conv.call(x))).MoveToOuterDisposeScope();
    }
}
