using System.Globalization;

namespace Fovea;

/// <summary>
/// What <see cref="VisionCatalog.EvaluateGeneration"/> measured, on the features of a classifier of the caller's own. They are no
/// Inception features: the numbers can be compared with those of the same classifier, and with no paper's.
/// </summary>
public sealed record GenerationMetrics
{
    internal GenerationMetrics(IReadOnlyList<string> classNames, IReadOnlyList<long> classCounts) => (ClassNames, ClassCounts) = (classNames, classCounts);

    /// <summary>
    /// Fréchet distance of the two normal distributions with the features' means and covariances: ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), at
    /// least 0; lower is better (Heusel et al., 2017, https://arxiv.org/abs/1706.08500).
    /// </summary>
    public required double FrechetDistance { get; init; }

    /// <summary>The Fréchet distance between two random halves of the real images: what is to be had of so many images, and no generator can be told to be better.</summary>
    public required double FrechetFloor { get; init; }

    /// <summary>
    /// Kernel distance: the unbiased estimate of the squared maximum mean discrepancy with k(x, y) = (x·y / F + 1)³, over all rows;
    /// lower is better, and around 0 it may be negative (Bińkowski et al., 2018, https://arxiv.org/abs/1801.01401).
    /// </summary>
    public required double KernelDistance { get; init; }

    /// <summary>The kernel distance between the two halves of the real images.</summary>
    public required double KernelFloor { get; init; }

    /// <summary>Share of the generated images, in [0, 1], that lie among the real ones: within the distance of a real one to its k-th neighbor (Kynkäänniemi et al., 2019, https://arxiv.org/abs/1904.06991).</summary>
    public required double Precision { get; init; }

    /// <summary>Share of the real images, in [0, 1], that lie among the generated ones.</summary>
    public required double Recall { get; init; }

    /// <summary>Names of the classifier's classes 0 .. K−1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>(K,): generated images whose likeliest class this is.</summary>
    public IReadOnlyList<long> ClassCounts { get; }

    /// <summary>Generated images.</summary>
    public required long GeneratedImages { get; init; }

    /// <summary>Real images.</summary>
    public required long RealImages { get; init; }

    /// <summary>F, the numbers that stand for an image.</summary>
    public required int Features { get; init; }

    /// <summary>Entropy of <see cref="ClassCounts"/> in nats: log K where all classes are as frequent, 0 where there is one.</summary>
    public double ClassEntropy => -ClassCounts.Where(n => n > 0).Sum(n => (double)n / GeneratedImages * Math.Log((double)n / GeneratedImages));

    /// <summary>Classes that at least this share of the generated images shows.</summary>
    /// <param name="leastShare">In (0, 1].</param>
    public int CoveredClasses(double leastShare = 0.03)
    {
        if (!(leastShare is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastShare), leastShare, "The share must be above 0 and at most 1.");
        return ClassCounts.Count(n => n >= leastShare * GeneratedImages);
    }

    /// <summary>In a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Fréchet distance {FrechetDistance:0.###} (floor {FrechetFloor:0.###}), kernel distance {KernelDistance:0.####} (floor {KernelFloor:0.####}), precision {Precision:0.000}, recall {Recall:0.000}, class entropy {ClassEntropy:0.000} of {Math.Log(ClassCounts.Count):0.000} nats");
}
