namespace Fovea;

/// <summary>How pixels become the numbers that a network sees.</summary>
public enum NormalizationKind
{
    /// <summary><see cref="Normalization.ImageNet"/> for RGB images and weights that come from a file, else <see cref="Measured"/>.</summary>
    Auto,

    /// <summary>(x − mean) / standard deviation with given numbers, x in [0, 1]. Scaling to a range is one of these.</summary>
    PerChannel,

    /// <summary>The same with the numbers of the training set.</summary>
    Measured,

    /// <summary>x − mean of the training set at this pixel and channel.</summary>
    MeanImage,

    /// <summary>ZCA whitening by the training set.</summary>
    Zca,
}
