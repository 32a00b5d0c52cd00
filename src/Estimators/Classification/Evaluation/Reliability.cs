namespace Fovea.Classification.Evaluation;

/// <summary>Counts predictions by their confidence, in ranges of one width.</summary>
/// <param name="ranges">At least 1.</param>
internal sealed class Reliability(int ranges)
{
    private readonly long[] _counts = new long[ranges];
    private readonly long[] _rights = new long[ranges];
    private readonly double[] _confidences = new double[ranges];

    /// <param name="confidence">0 to 1.</param>
    /// <param name="isRight">Whether the prediction is.</param>
    public void Add(double confidence, bool isRight)
    {
        var range = Math.Clamp((int)(confidence * ranges), 0, ranges - 1);
        // Ends belong to the range below, as in the paper; the product may have missed one by rounding.
        while (range > 0 && confidence <= End(range))
            range--;
        while (range < ranges - 1 && confidence > End(range + 1))
            range++;
        _counts[range]++;
        _rights[range] += isRight ? 1 : 0;
        _confidences[range] += confidence;
    }

    public IReadOnlyList<ReliabilityBin> Bins() => [.. Enumerable.Range(0, ranges).Select(i =>
        new ReliabilityBin(End(i), End(i + 1), _counts[i], _confidences[i] / _counts[i], (double)_rights[i] / _counts[i]))];

    private double End(int range) => (double)range / ranges;
}
