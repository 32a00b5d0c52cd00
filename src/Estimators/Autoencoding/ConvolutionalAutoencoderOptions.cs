namespace Fovea;

/// <summary>The shape of a <see cref="AutoencoderArchitecture.Convolutional"/> autoencoder.</summary>
public sealed record ConvolutionalAutoencoderOptions
{
    /// <summary>How often height and width are halved, 1 to 7. Images are padded to multiples of two to this power. Default 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Maps after the first halving, 2 to 1,024; each further one doubles them. Default 32.</summary>
    public int Width { get; init; } = 32;

    /// <summary>How the maps grow again. Default <see cref="AutoencoderUpsampling.TransposedConvolution"/>.</summary>
    public AutoencoderUpsampling Upsampling { get; init; } = AutoencoderUpsampling.TransposedConvolution;

    /// <summary>Batch norm after each convolution but the last. It needs batches of at least 2 rows. Default true.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Height and width are padded to multiples of it, pixels.</summary>
    internal int Stride => 1 << Depth;

    /// <summary>Every bound that is violated, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Depth is < 1 or > 7)
            yield return $"{nameof(Depth)} must be 1 to 7; it is {Depth}";
        if (Width is < 2 or > 1024)
            yield return $"{nameof(Width)} must be 2 to 1024; it is {Width}";
        if (!Enum.IsDefined(Upsampling))
            yield return $"{nameof(Upsampling)} must be one of {string.Join(", ", Enum.GetNames<AutoencoderUpsampling>())}; it is {Upsampling}";
    }
}
