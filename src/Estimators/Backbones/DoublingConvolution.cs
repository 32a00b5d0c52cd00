using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// A transposed convolution with kernel 2 and stride 2: twice the height and width. Its windows do not overlap, so it is a 1x1
/// convolution to four times the channels whose results are laid out as 2x2 pixels, which LibTorch computes several times faster on
/// a CPU and, other than its transposed convolution, in bfloat16.
/// </summary>
/// <remarks>Names, shapes and first values of its weights are those of <see cref="ConvTranspose2d"/>: (C, O, 2, 2) and (O,).</remarks>
internal sealed class DoublingConvolution : nn.Module<Tensor, Tensor>, ILayerShape
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="channels">C.</param>
    /// <param name="width">O.</param>
    public DoublingConvolution(long channels, long width)
        : base(nameof(DoublingConvolution))
    {
        using var scope = NewDisposeScope();
        using var start = nn.ConvTranspose2d(channels, width, kernel_size: 2, stride: 2);
        weight = new Parameter(start.weight.detach().clone().DetachFromDisposeScope());
        bias = new Parameter(start.bias!.detach().clone().DetachFromDisposeScope());
        Channels = channels;
        Width = width;
        RegisterComponents();
    }

    /// <summary>C.</summary>
    public long Channels { get; }

    /// <summary>O.</summary>
    public long Width { get; }

    long ILayerShape.Kernel => 2;

    long ILayerShape.Stride => 2;

    long ILayerShape.Padding => 0;

    long ILayerShape.Filters => Width;

    bool ILayerShape.Enlarges => true;

    long ILayerShape.Macs(long inputs, long outputs) => outputs * Channels;

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, 2H, 2W).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var kernel = weight.permute(1, 2, 3, 0).reshape(4 * Width, Channels, 1, 1);                  // (4 O, C, 1, 1), channel 4 o + 2 row + column
        var y = nn.functional.conv2d(x, kernel, bias.repeat_interleave(4));                          // (N, 4 O, H, W)
        return nn.functional.pixel_shuffle(y, 2).MoveToOuterDisposeScope();
    }
}
