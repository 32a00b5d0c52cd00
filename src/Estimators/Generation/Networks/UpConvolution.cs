using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// A transposed convolution with kernel 4, stride 2 and padding 1: twice the height and width. A pixel of the result sees 2x2 pixels
/// of the input, so it is a 2x2 convolution to four times the channels whose results are laid out as 2x2 pixels; LibTorch computes
/// that several times faster on a CPU than its transposed convolution and, other than that, in bfloat16.
/// </summary>
/// <remarks>Names and shapes of its weights are those of PyTorch's <c>ConvTranspose2d</c>: (C, O, 4, 4) and (O,).</remarks>
internal sealed class UpConvolution : nn.Module<Tensor, Tensor>, ILayerShape
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long _channels, _width;

    /// <param name="channels">C.</param>
    /// <param name="width">O.</param>
    /// <param name="hasBias">Batch norm behind it makes a bias idle.</param>
    public UpConvolution(long channels, long width, bool hasBias)
        : base(nameof(UpConvolution))
    {
        weight = new Parameter(zeros(channels, width, 4, 4).DetachFromDisposeScope());
        bias = hasBias ? new Parameter(zeros(width).DetachFromDisposeScope()) : null;
        (_channels, _width) = (channels, width);
        RegisterComponents();
    }

    long ILayerShape.Kernel => 4;

    long ILayerShape.Stride => 2;

    long ILayerShape.Padding => 1;

    long ILayerShape.Filters => _width;

    bool ILayerShape.Enlarges => true;

    long ILayerShape.Macs(long inputs, long outputs) => inputs * _width * 16;

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, 2H, 2W).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        // A window of 2x2 input pixels ends the pixel pair of one row and begins that of the next: it gives row 2w - 1 by the taps 2, 0
        // and row 2w by the taps 3, 1, from top to bottom; columns alike. So there is one row of windows more than of pixels, and
        // the outermost row of the result on each side is dropped.
        var kernel = weight.view(_channels, _width, 2, 2, 2, 2).flip(2, 4)
            .permute(1, 3, 5, 0, 2, 4).reshape(4 * _width, _channels, 2, 2);                            // (4 O, C, 2, 2), channel 4 o + 2 row + column
        var y = nn.functional.conv2d(x, kernel, bias?.repeat_interleave(4), padding: [1, 1]);           // (N, 4 O, H + 1, W + 1)
        y = nn.functional.pixel_shuffle(y, 2);                                                          // (N, O, 2H + 2, 2W + 2)
        return y.narrow(2, 1, 2 * x.size(2)).narrow(3, 1, 2 * x.size(3)).MoveToOuterDisposeScope();     // (N, O, 2H, 2W)
    }
}
