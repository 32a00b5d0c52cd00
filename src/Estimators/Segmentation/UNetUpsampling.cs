namespace Fovea;

/// <summary>How a U-Net doubles the height and width of its maps on the way up.</summary>
public enum UNetUpsampling
{
    /// <summary>A trained 2x2 transposed convolution with stride 2, as in the paper.</summary>
    TransposedConvolution,

    /// <summary>Bilinear interpolation after a trained 1x1 convolution: a quarter of the weights, and no checkerboard.</summary>
    Bilinear,
}
