using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>A U-Net's step up: twice the height and width, joined with the maps of the way down, then two convolutions.</summary>
internal sealed class UpStep : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> up;
    private readonly Upsample? upsample;
    private readonly DoubleConvolution block;

    /// <param name="channels">Of the coarse maps.</param>
    /// <param name="raised">Of the maps after the step up.</param>
    /// <param name="skip">Of the maps from the way down; 0 where there are none.</param>
    /// <param name="width">Of the result.</param>
    /// <param name="options">How to grow, and whether there is batch norm.</param>
    public UpStep(long channels, long raised, long skip, long width, UNetOptions options)
        : base(nameof(UpStep))
    {
        if (options.Upsampling == UNetUpsampling.Bilinear)
        {
            // The paper convolves after interpolating. A 1x1 convolution gives the same before it, for a quarter of the work.
            up = nn.Conv2d(channels, raised, kernel_size: 1);
            upsample = nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false);
        }
        else
        {
            up = new DoublingConvolution(channels, raised);
        }
        block = new(raised + skip, width, options.BatchNorm);
        RegisterComponents();
    }

    /// <param name="x">(N, channels, H, W).</param>
    /// <param name="skip">(N, skip, 2H, 2W); null where there are none.</param>
    /// <returns>(N, width, 2H, 2W).</returns>
    public override Tensor forward(Tensor x, Tensor? skip)
    {
        using var scope = NewDisposeScope();
        var y = up.call(x);                                       // (N, raised, 2H, 2W), or at H, W still
        if (upsample is not null)
            y = upsample.call(y);                                 // (N, raised, 2H, 2W)
        if (skip is not null)
            y = cat([skip, y], 1);                                // (N, skip + raised, 2H, 2W)
        return block.call(y).MoveToOuterDisposeScope();           // (N, width, 2H, 2W)
    }
}
