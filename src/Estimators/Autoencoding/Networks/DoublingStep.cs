using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>Twice the height and width, batch norm where wanted, ReLU; then, where wanted, a 3x3 convolution with the same after it.</summary>
internal sealed class DoublingStep : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> up;
    private readonly Upsample? upsample;
    private readonly BatchNorm2d? bn1;
    private readonly Conv2d? conv;
    private readonly BatchNorm2d? bn2;

    public DoublingStep(long channels, long width, bool hasConvolution, ConvolutionalAutoencoderOptions options)
        : base(nameof(DoublingStep))
    {
        if (options.Upsampling == AutoencoderUpsampling.Bilinear)
        {
            // A 1x1 convolution gives the same before interpolating as after, for a quarter of the work.
            up = nn.Conv2d(channels, width, kernel_size: 1);
            upsample = nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false);
        }
        else
        {
            up = new DoublingConvolution(channels, width);
        }
        bn1 = options.BatchNorm ? nn.BatchNorm2d(width) : null;
        conv = hasConvolution ? nn.Conv2d(width, width, kernel_size: 3, padding: 1, bias: !options.BatchNorm) : null;
        bn2 = hasConvolution && options.BatchNorm ? nn.BatchNorm2d(width) : null;
        RegisterComponents();
    }

    /// <param name="x">(N, channels, H, W).</param>
    /// <returns>(N, width, 2H, 2W).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = up.call(x);                                         // (N, width, 2H, 2W), or at H, W still
        if (upsample is not null)
            y = upsample.call(y);                                   // (N, width, 2H, 2W)
        y = nn.functional.relu(bn1 is null ? y : bn1.call(y), inplace: true);
        if (conv is not null)
        {
            y = conv.call(y);                                       // (N, width, 2H, 2W)
            y = nn.functional.relu(bn2 is null ? y : bn2.call(y), inplace: true);
        }
        return y.MoveToOuterDisposeScope();
    }
}
