using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>What a model says of one image; what its task does not tell is null or empty.</summary>
public sealed class ImagePrediction
{
    /// <summary>The image's file; null where it came as bytes or from a set without files.</summary>
    public string? Path { get; internal set; }

    /// <summary>Its position among the images of the call, or in the data set, from 0.</summary>
    public long Row { get; internal set; }

    /// <summary>The likeliest class.</summary>
    public string? Label { get; internal set; }

    /// <summary>Its probability, in [0, 1]; of an autoencoder the reconstruction error; of a GAN how real its discriminator finds the image.</summary>
    public double? Score { get; internal set; }

    /// <summary>The probabilities of all classes, the likeliest first.</summary>
    public IReadOnlyList<ClassScore> Scores { get; internal set; } = [];

    /// <summary>The objects found, those of the highest scores first.</summary>
    public IReadOnlyList<DetectedObject> Boxes { get; internal set; } = [];

    /// <summary>The class of each pixel: grey values are class indices.</summary>
    public MLImage? Mask { get; internal set; }

    /// <summary>The code.</summary>
    public IReadOnlyList<float> Latent { get; internal set; } = [];

    /// <summary>The image made of the code.</summary>
    public MLImage? Reconstruction { get; internal set; }

    /// <summary>Whether the reconstruction error is above the threshold; null where the model has none.</summary>
    public bool? IsAnomaly { get; internal set; }

    /// <summary>The class that a data set's label says; null where there is none.</summary>
    public string? TrueLabel { get; internal set; }
}
