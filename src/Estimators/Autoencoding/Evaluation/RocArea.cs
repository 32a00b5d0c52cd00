namespace Fovea.Autoencoding.Evaluation;

/// <summary>The area under the receiver operating characteristic: how probably a positive scores above a negative, equals counted half.</summary>
internal static class RocArea
{
    /// <param name="rows">Score and truth of each row; scores must be numbers.</param>
    /// <returns>0 to 1; NaN where all rows or none are positive.</returns>
    public static double Of(IEnumerable<(float Score, bool IsPositive)> rows)
    {
        long negatives = 0, positives = 0;
        var pairs = 0.0;
        foreach (var equal in rows.GroupBy(r => r.Score).OrderBy(g => g.Key))
        {
            long positive = equal.Count(r => r.IsPositive), negative = equal.LongCount() - positive;
            pairs += positive * (negatives + negative / 2.0);
            (positives, negatives) = (positives + positive, negatives + negative);
        }
        return pairs / ((double)positives * negatives);
    }
}
