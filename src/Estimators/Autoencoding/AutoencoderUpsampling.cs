namespace Fovea;

/// <summary>How a convolutional decoder doubles the height and width of its maps.</summary>
public enum AutoencoderUpsampling
{
    /// <summary>A trained 2x2 transposed convolution with stride 2.</summary>
    TransposedConvolution,

    /// <summary>Bilinear interpolation after a trained 1x1 convolution: a quarter of the weights, and no checkerboard.</summary>
    Bilinear,
}
