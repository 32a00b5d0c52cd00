namespace Fovea.Detection;

/// <summary>Which candidates go into non-maximum suppression.</summary>
/// <param name="Score">Those of a score above it.</param>
/// <param name="Most">Of an image at most so many, those of the highest scores.</param>
internal readonly record struct CandidateLimits(double Score, int Most)
{
    /// <summary>Enough that suppression leaves as many as the options ask for.</summary>
    public static CandidateLimits Of(DetectionOptions options) => new(options.ScoreThreshold, Math.Max(1000, 4 * options.MaxDetections));
}
