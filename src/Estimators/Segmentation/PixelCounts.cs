using Microsoft.ML;

namespace Fovea.Segmentation;

/// <summary>Counts the pixels of a view: true class by predicted class.</summary>
internal static class PixelCounts
{
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static SegmentationMetrics Of(IDataView view, SegmentationEvaluation options)
    {
        using var pairs = new MaskPairs(view, options);
        var counts = new long[pairs.ClassNames.Count, pairs.ClassNames.Count];
        var (randSum, rows) = (0.0, 0);
        while (pairs.MoveNext())
        {
            pairs.AddTo(counts);
            if (options.RandScore)
                randSum += Rand(pairs);
            rows++;
        }
        if (rows == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        return new SegmentationMetrics(pairs.ClassNames, counts) { RandFScore = options.RandScore ? randSum / rows : null };
    }

    public static double Rand(MaskPairs pairs)
    {
        // What does not count in the truth is background there, which does not count either.
        var objects = pairs.Truth.Values.ToArray().Select(v => v == 1 ? (byte)1 : (byte)0).ToArray();
        return RandScore.Of(objects, pairs.Predicted.Values, pairs.Truth.Width).F;
    }
}
