using System.Text.Json.Serialization;
using Fovea.Storage;

namespace Fovea;

/// <summary>
/// How pixels become the numbers that a network sees. Immutable. What is measured is measured once, on all training images
/// without augmentation, before the first epoch, and is stored in the model: prediction normalizes as training did.
/// </summary>
/// <remarks>
/// Measuring reads every training image once. Images that fit the loader's cache are kept, so that the first epoch does not
/// decode them again; of a set larger than that, measuring costs one more reading.
/// </remarks>
public sealed record Normalization
{
    /// <summary>The most numbers C·H·W of an image that <see cref="Zca"/> takes: the matrix has the square of it (64 MiB in the model).</summary>
    public const int LargestZca = 4096;

    /// <summary>Made by the properties and methods of this type, or read from a model.</summary>
    [JsonConstructor]
    internal Normalization(NormalizationKind kind, IReadOnlyList<float>? mean = null, IReadOnlyList<float>? stdDev = null, double epsilon = 0)
    {
        Kind = kind;
        Mean = [.. mean ?? []];
        StdDev = [.. stdDev ?? []];
        Epsilon = epsilon;
    }

    /// <summary>Which way.</summary>
    public NormalizationKind Kind { get; }

    /// <summary>Of <see cref="NormalizationKind.PerChannel"/>: what is subtracted from pixels in [0, 1], one number for each channel or one for all; else empty.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>Of <see cref="NormalizationKind.PerChannel"/>: what they are then divided by, above 0; else empty.</summary>
    public IReadOnlyList<float> StdDev { get; }

    /// <summary>Of <see cref="NormalizationKind.Zca"/>: what is added to each variance of pixels in [0, 1]; else 0.</summary>
    public double Epsilon { get; }

    /// <summary>ImageNet's numbers for RGB images and weights that come from a file, which torchvision's expect; else those of the training set. The default.</summary>
    public static Normalization Auto { get; } = new(NormalizationKind.Auto);

    /// <summary>Pixels in [0, 1].</summary>
    public static Normalization ZeroToOne { get; } = new(NormalizationKind.PerChannel, [0], [1]);

    /// <summary>Pixels in [−1, 1].</summary>
    public static Normalization MinusOneToOne { get; } = new(NormalizationKind.PerChannel, [0.5f], [0.5f]);

    /// <summary>Mean and standard deviation of ImageNet's training images in RGB, as torchvision has them.</summary>
    public static Normalization ImageNet { get; } = new(NormalizationKind.PerChannel, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Mean and standard deviation of each channel over the training set. A channel without spread is divided by 1.</summary>
    public static Normalization Measured { get; } = new(NormalizationKind.Measured);

    /// <summary>
    /// The mean image of the training set is subtracted from pixels in [0, 1]; they are not divided (Krizhevsky et al., 2012,
    /// https://papers.nips.cc/paper/4824). Every image must have the network's size when it is augmented, so an augmentation that
    /// changes the size is refused.
    /// </summary>
    public static Normalization MeanImage { get; } = new(NormalizationKind.MeanImage);

    /// <summary>(x − mean) / standard deviation of pixels x in [0, 1].</summary>
    /// <param name="mean">For each channel, or one for all.</param>
    /// <param name="stdDev">As many, above 0.</param>
    public static Normalization PerChannel(IReadOnlyList<float> mean, IReadOnlyList<float> stdDev)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(stdDev);
        return new(NormalizationKind.PerChannel, mean, stdDev);
    }

    /// <summary>
    /// ZCA whitening (Krizhevsky, 2009, appendix A, https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf):
    /// W (x − mean) with W = U (Λ + ε)^(−1/2) Uᵀ of the covariance U Λ Uᵀ of the training set's pixels in [0, 1], all C·H·W of an
    /// image together. Of an eigenvalue λ the variance λ / (λ + ε) is left. For images of at most
    /// <see cref="LargestZca"/> numbers; an augmentation that changes the size is refused.
    /// </summary>
    /// <param name="epsilon">
    /// ε, above 0. It keeps directions that hardly vary in training (noise, borders that are always black) from being
    /// magnified: by at most 1/√ε, which is 10 at the default of 0.01.
    /// </param>
    public static Normalization Zca(double epsilon = 0.01) => new(NormalizationKind.Zca, epsilon: epsilon);

    /// <summary>What <see cref="Auto"/> stands for; any other as it is.</summary>
    /// <param name="channels">Of the network's input.</param>
    /// <param name="initialWeights">The file that the weights come from; null for none. A model of ours learned from what it measured, others mostly from ImageNet.</param>
    internal Normalization For(ImageChannels channels, string? initialWeights)
    {
        if (Kind != NormalizationKind.Auto)
            return this;
        var isOurs = initialWeights is null || initialWeights.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase);
        return isOurs || channels != ImageChannels.Rgb ? Measured : ImageNet;
    }

    /// <summary>It goes with images of one size alone.</summary>
    internal bool IsOfOneSize => Kind is NormalizationKind.MeanImage or NormalizationKind.Zca;

    /// <summary>Every violated bound for images of a size, with the value wanted and the value got.</summary>
    internal IEnumerable<string> Problems(int channels, int height, int width)
    {
        const string name = nameof(Normalization);
        if (Kind == NormalizationKind.PerChannel)
        {
            if ((Mean.Count != 1 && Mean.Count != channels) || Mean.Any(m => !float.IsFinite(m)))
                yield return $"{name}'s mean must be one finite number or one for each of {channels} channel(s); it is [{string.Join(", ", Mean)}]";
            if ((StdDev.Count != 1 && StdDev.Count != channels) || StdDev.Any(s => !(s > 0) || !float.IsFinite(s)))
                yield return $"{name}'s standard deviation must be one number above 0 or one for each of {channels} channel(s); it is [{string.Join(", ", StdDev)}]";
        }
        if (Kind == NormalizationKind.Zca)
        {
            if (!(Epsilon > 0) || !double.IsFinite(Epsilon))
                yield return $"{name}'s epsilon must be above 0 and finite; it is {Epsilon}";
            var numbers = (long)channels * height * width;
            if (numbers > LargestZca)
                yield return $"{name} by ZCA takes images of at most {LargestZca} numbers (channels times height times width); {channels} x {height} x {width} are {numbers}. Take smaller images, or MeanImage";
        }
    }

    /// <summary>By the numbers.</summary>
    public bool Equals(Normalization? other) =>
        other is not null && Kind == other.Kind && Epsilon.Equals(other.Epsilon) && Mean.SequenceEqual(other.Mean) && StdDev.SequenceEqual(other.StdDev);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Epsilon, Mean.Count, Mean.FirstOrDefault(), StdDev.FirstOrDefault());

    /// <summary>In words, for the log.</summary>
    public override string ToString() => Kind switch
    {
        NormalizationKind.PerChannel => FormattableString.Invariant($"mean [{Join(Mean)}], standard deviation [{Join(StdDev)}]"),
        NormalizationKind.MeanImage => "mean image",
        NormalizationKind.Zca => FormattableString.Invariant($"ZCA whitening with epsilon {Epsilon}"),
        _ => Kind.ToString(),
    };

    private static string Join(IReadOnlyList<float> values) => string.Join(", ", values.Select(v => v.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)));
}
