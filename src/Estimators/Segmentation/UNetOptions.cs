namespace Fovea;

/// <summary>The shape of a <see cref="SegmentationArchitecture.UNet"/>.</summary>
public sealed record UNetOptions
{
    /// <summary>How often height and width are halved, 2 to 6. Images are padded to multiples of two to this power, times <see cref="PatchSize"/>. Default 4, the paper's.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Maps before the first halving, 1 to 1,024; each halving doubles them. Default 64, the paper's.</summary>
    public int Width { get; init; } = 64;

    /// <summary>
    /// Side of the squares of pixels that the network takes as one place, 1, 2 or 4: with 2 all maps have half the height and width, so that twice
    /// as many cost the same, compute better and see further; the classes are still told pixel by pixel (pixel shuffle, Shi et al.,
    /// 2016, https://arxiv.org/abs/1609.05158). Default 1, the paper's.
    /// </summary>
    public int PatchSize { get; init; } = 1;

    /// <summary>How the maps grow again. A U-Net with a ResNet takes this too. Default <see cref="UNetUpsampling.TransposedConvolution"/>.</summary>
    public UNetUpsampling Upsampling { get; init; } = UNetUpsampling.TransposedConvolution;

    /// <summary>Batch norm after each 3x3 convolution, which the paper lacks. A U-Net with a ResNet takes this for its way up. Default true.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Every bound that is violated, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Depth is < 2 or > 6)
            yield return $"{nameof(Depth)} must be 2 to 6; it is {Depth}";
        if (Width is < 1 or > 1024)
            yield return $"{nameof(Width)} must be 1 to 1024; it is {Width}";
        if (PatchSize is not (1 or 2 or 4))
            yield return $"{nameof(PatchSize)} must be 1, 2 or 4; it is {PatchSize}";
        if (!Enum.IsDefined(Upsampling))
            yield return $"{nameof(Upsampling)} must be one of {string.Join(", ", Enum.GetNames<UNetUpsampling>())}; it is {Upsampling}";
    }
}
