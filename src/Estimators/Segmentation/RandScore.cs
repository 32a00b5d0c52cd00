namespace Fovea.Segmentation;

/// <summary>
/// The foreground-restricted Rand F-score of the ISBI 2012 challenge (Arganda-Carreras et al., 2015,
/// https://doi.org/10.3389/fnana.2015.00142): of pairs of pixels that are in objects of the truth, how well the
/// prediction joins those of one object and parts those of two.
/// </summary>
/// <remarks>
/// Objects are regions connected along pixel edges. Pixels that the truth calls background do not count. A pixel that only the
/// prediction calls background is an object of its own there, as in the challenge's program. That program also pairs each pixel
/// with itself, which changes nothing visible at 512 x 512, and thins the predicted borders first; this does neither.
/// </remarks>
internal static class RandScore
{
    /// <param name="truth">(H, W), not 0 where an object is.</param>
    /// <param name="predicted">(H, W), not 0 where an object is.</param>
    /// <param name="width">W.</param>
    /// <returns>The F-score, 0 to 1, the share of joined pairs that are right (merging costs it) and of true pairs that are joined (splitting costs it); NaN where there are no such pairs.</returns>
    public static (double F, double Precision, double Recall) Of(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted, int width)
    {
        if (truth.Length != predicted.Length)
            throw new ArgumentException($"The masks have {truth.Length} and {predicted.Length} pixels; they must be of one size.");
        var (trueRegions, predictedRegions) = (new int[truth.Length], new int[predicted.Length]);
        var objects = ConnectedRegions.Label(truth, width, trueRegions);
        var found = ConnectedRegions.Label(predicted, width, predictedRegions);
        var ofTrue = new double[objects + 1];
        var ofPredicted = new double[found + 1];
        var ofBoth = new Dictionary<(int, int), double>();
        for (var i = 0; i < trueRegions.Length; i++)
        {
            var (t, p) = (trueRegions[i], predictedRegions[i]);
            if (t == 0)
                continue;
            ofTrue[t]++;
            if (p == 0)
                continue;
            ofPredicted[p]++;
            ofBoth[(t, p)] = ofBoth.GetValueOrDefault((t, p)) + 1;
        }
        var both = ofBoth.Values.Sum(Pairs);
        var precision = both / ofPredicted.Sum(Pairs);
        var recall = both / ofTrue.Sum(Pairs);
        return (2 * both / (ofPredicted.Sum(Pairs) + ofTrue.Sum(Pairs)), precision, recall);
    }

    /// <summary>Ordered pairs of two of n pixels.</summary>
    private static double Pairs(double n) => n * (n - 1);
}
