namespace Fovea.Detection.Evaluation;

/// <summary>
/// Matches the predictions of one class in one image with its objects as COCO does, which follows cocoeval.py step by step:
/// https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py. One difference: an object's number is
/// no part of it, where cocoeval.py takes the number 0 for "no object". For one thread.
/// </summary>
internal sealed class CocoMatching
{
    /// <summary>Predictions of a class that count in an image.</summary>
    public const int MostPredictions = 100;

    /// <summary>Ranges of areas in pixels, both ends within: all, small, medium, large.</summary>
    public static readonly (double From, double To)[] Areas = [(0, 1e10), (0, 32 * 32), (32 * 32, 96 * 96), (96 * 96, 1e10)];

    /// <summary>0.50, 0.55, ..., 0.95, by the steps that NumPy's linspace takes.</summary>
    public static readonly double[] Thresholds = [.. Enumerable.Range(0, 10).Select(i => i == 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9))];

    private double[] _overlaps = [];
    private int[] _order = [];
    private bool[] _isIgnored = [];
    private bool[] _isTaken = [];

    /// <summary>Whether an object counts in none of the range's figures.</summary>
    public static bool IsIgnored(in TrueObject truth, int area) => truth.IsIgnored || truth.Area < Areas[area].From || truth.Area > Areas[area].To;

    /// <param name="predictions">From the highest score down.</param>
    /// <param name="truths">Of the same class and image.</param>
    /// <param name="hits">Of each prediction; of those that are too many nothing is written.</param>
    public void Match(ReadOnlySpan<PredictedObject> predictions, ReadOnlySpan<TrueObject> truths, Span<CocoHit> hits)
    {
        predictions = predictions[..Math.Min(predictions.Length, MostPredictions)];
        Grow(predictions.Length, truths.Length);
        var overlaps = _overlaps.AsSpan(0, predictions.Length * truths.Length);
        ObjectOverlap.Fill(predictions, truths, edge: 0, overlaps);
        for (var area = 0; area < Areas.Length; area++)
        {
            Sort(truths, area);
            var (from, to) = Areas[area];
            for (var t = 0; t < Thresholds.Length; t++)
            {
                var bit = CocoHit.Bit(area, t);
                _isTaken.AsSpan(0, truths.Length).Clear();
                for (var d = 0; d < predictions.Length; d++)
                {
                    var found = Find(truths, overlaps.Slice(d * truths.Length, truths.Length), Math.Min(Thresholds[t], 1 - 1e-10));
                    if (found >= 0)
                    {
                        _isTaken[found] = true;
                        hits[d] = new CocoHit(hits[d].Matched | bit, _isIgnored[found] ? hits[d].Ignored | bit : hits[d].Ignored);
                    }
                    else if (predictions[d].Area < from || predictions[d].Area > to)
                        hits[d] = hits[d] with { Ignored = hits[d].Ignored | bit };
                }
            }
        }
    }

    /// <returns>The object that fits best of those that are free; one that counts before one that does not. -1 for none.</returns>
    private int Find(ReadOnlySpan<TrueObject> truths, ReadOnlySpan<double> overlaps, double least)
    {
        var found = -1;
        foreach (var g in _order.AsSpan(0, truths.Length))
        {
            // A crowd can be found any number of times.
            if (_isTaken[g] && !truths[g].IsCrowd)
                continue;
            if (found >= 0 && !_isIgnored[found] && _isIgnored[g])
                break;
            if (overlaps[g] < least)
                continue;
            (least, found) = (overlaps[g], g);
        }
        return found;
    }

    /// <summary>Objects that count come first, else they stay in order.</summary>
    private void Sort(ReadOnlySpan<TrueObject> truths, int area)
    {
        var at = 0;
        for (var g = 0; g < truths.Length; g++)
            if (!(_isIgnored[g] = IsIgnored(truths[g], area)))
                _order[at++] = g;
        for (var g = 0; g < truths.Length; g++)
            if (_isIgnored[g])
                _order[at++] = g;
    }

    private void Grow(int predictions, int truths)
    {
        if (_overlaps.Length < predictions * truths)
            _overlaps = new double[Math.Max(predictions * truths, 2 * _overlaps.Length)];
        if (_order.Length < truths)
            (_order, _isIgnored, _isTaken) = (new int[2 * truths], new bool[2 * truths], new bool[2 * truths]);
    }
}
