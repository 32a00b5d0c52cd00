using System.Collections.Concurrent;
using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Segmentation;

/// <summary>Counts the pixels of a view: true class by predicted class.</summary>
internal static class PixelCounts
{
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static SegmentationMetrics Of(IDataView view, SegmentationEvaluation options)
    {
        using var masks = new MaskPairs(view, options);
        var (pairs, rands) = (new ConcurrentBag<MaskPair>(), new ConcurrentBag<(long Row, double Score)>());
        var rows = ParallelRows.Run(NewPair, masks.MoveNext, pair =>
        {
            pair.Decode();
            pair.Count();
            if (options.RandScore)
                rands.Add((pair.Row, Rand(pair)));
        });
        if (rows == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var counts = new long[masks.ClassNames.Count, masks.ClassNames.Count];
        foreach (var pair in pairs)
        {
            Add(pair.Counts, counts);
            pair.Dispose();
        }
        // In the rows' order, so that the sum is the same to the last bit each time.
        return new SegmentationMetrics(masks.ClassNames, counts) { RandFScore = options.RandScore ? rands.OrderBy(r => r.Row).Average(r => r.Score) : null };

        MaskPair NewPair()
        {
            var pair = masks.NewPair();
            pairs.Add(pair);
            return pair;
        }
    }

    /// <summary>Adds counts, (K, K), to a sum.</summary>
    public static void Add(long[,] counts, long[,] sum)
    {
        for (var truth = 0; truth < sum.GetLength(0); truth++)
            for (var predicted = 0; predicted < sum.GetLength(1); predicted++)
                sum[truth, predicted] += counts[truth, predicted];
    }

    public static double Rand(MaskPair pair)
    {
        // What does not count in the truth is background there, which does not count either.
        var objects = pair.Truth.Values.ToArray().Select(v => v == 1 ? (byte)1 : (byte)0).ToArray();
        return RandScore.Of(objects, pair.Predicted.Values, pair.Truth.Width).F;
    }
}
