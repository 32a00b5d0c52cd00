using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Reporting;

/// <summary>
/// How far a value sees, followed through the layers: size r += (kernel − 1) · dilation · jump, jump *= stride (Dumoulin and
/// Visin, 2016, https://arxiv.org/abs/1603.07285); on the way up the jump shrinks again.
/// </summary>
/// <param name="Size">Side of the square in pixels; null once it is the whole image.</param>
/// <param name="Jump">Pixels between two neighboring values.</param>
internal readonly record struct ReceptiveField(long? Size, long Jump)
{
    public static ReceptiveField Pixel => new(1, 1);

    public ReceptiveField After(nn.Module layer) => layer switch
    {
        // A value between the old ones sees as many of them as kernels overlap.
        ConvolutionTranspose c => new(Size + (((c.kernel_size[0] - 1) / c.stride[0]) * Jump), Math.Max(1, Jump / c.stride[0])),
        ILayerShape { Kernel: 0 } => new(null, Jump),
        ILayerShape { Enlarges: true } s => new(Size + (((s.Kernel - 1) / s.Stride) * Jump), Math.Max(1, Jump / s.Stride)),
        ILayerShape s => Through(s.Kernel, s.Stride, 1),
        Upsample { mode: UpsampleMode.Bilinear, scale_factor: [var scale, ..] } => new(Size + Jump, Math.Max(1, (long)(Jump / scale))),
        Convolution c => Through(c.kernel_size[0], c.stride[0], c.dilation[0]),
        MaxPool2d p => Through(p.kernel_size[0], First(p.stride, p.kernel_size), First(p.dilation, [1])),
        AvgPool2d p => Through(p.kernel_size[0], First(p.stride, p.kernel_size), 1),
        AdaptiveAvgPool2d or AdaptiveMaxPool2d or Linear => new(null, Jump),
        _ => this,
    };

    /// <summary>The wider of two; a layer that adds or joins two paths sees what either sees.</summary>
    public static ReceptiveField Wider(ReceptiveField a, ReceptiveField b) => a.Size is null || a.Size >= b.Size ? a : b;

    private ReceptiveField Through(long kernel, long stride, long dilation) => new(Size + ((kernel - 1) * dilation * Jump), Jump * stride);

    private static long First(long[]? values, long[] otherwise) => values is { Length: > 0 } ? values[0] : otherwise[0];
}
