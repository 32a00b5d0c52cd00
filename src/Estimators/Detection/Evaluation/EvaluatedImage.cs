namespace Fovea.Detection.Evaluation;

/// <summary>What is in an image, and what was found there.</summary>
internal sealed class EvaluatedImage : IComparable<EvaluatedImage>
{
    private readonly TrueObject[] _truths;
    private readonly PredictedObject[] _predictions;

    /// <param name="id">Orders the images.</param>
    /// <param name="truths">In the order of their source.</param>
    /// <param name="predictions">In the order of their source, which settles equal scores.</param>
    public EvaluatedImage(long id, IEnumerable<TrueObject> truths, IEnumerable<PredictedObject> predictions)
    {
        Id = id;
        // OrderBy is stable.
        _truths = [.. truths.OrderBy(t => t.Label)];
        _predictions = [.. predictions.OrderBy(p => p.Label).ThenByDescending(p => p.Score)];
    }

    public long Id { get; }

    /// <summary>Orders images without a number: their path; "" where it is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its place in its view.</summary>
    public long Row { get; init; }

    /// <summary>By class, within one as they came.</summary>
    public ReadOnlySpan<TrueObject> Truths => _truths;

    /// <summary>By class, within one from the highest score down.</summary>
    public ReadOnlySpan<PredictedObject> Predictions => _predictions;

    /// <summary>Calls for each class that is there or was found.</summary>
    /// <param name="visit">Gets where the class begins and ends among truths and predictions.</param>
    public void ForEachClass(Action<Range, Range> visit)
    {
        for (int t = 0, p = 0; t < _truths.Length || p < _predictions.Length;)
        {
            var label = Math.Min(t < _truths.Length ? _truths[t].Label : int.MaxValue, p < _predictions.Length ? _predictions[p].Label : int.MaxValue);
            var (firstTruth, firstPrediction) = (t, p);
            while (t < _truths.Length && _truths[t].Label == label)
                t++;
            while (p < _predictions.Length && _predictions[p].Label == label)
                p++;
            visit(firstTruth..t, firstPrediction..p);
        }
    }

    /// <summary>
    /// By number, by path where there are no numbers, and at last by all that is in them. So the order of images, which settles
    /// equal scores, does not depend on the order in which they were read: two that compare as equal are equal.
    /// </summary>
    public int CompareTo(EvaluatedImage? other)
    {
        if (other is null)
            return 1;
        var order = Id.CompareTo(other.Id);
        if (order == 0)
            order = string.CompareOrdinal(Name, other.Name);
        if (order == 0)
            order = _truths.Length.CompareTo(other._truths.Length);
        if (order == 0)
            order = _predictions.Length.CompareTo(other._predictions.Length);
        for (var i = 0; order == 0 && i < _predictions.Length; i++)
            order = Key(_predictions[i]).CompareTo(Key(other._predictions[i]));
        for (var i = 0; order == 0 && i < _truths.Length; i++)
            order = Key(_truths[i]).CompareTo(Key(other._truths[i]));
        return order;
    }

    private static (int, double, double, double, double, double) Key(PredictedObject p) => (p.Label, p.Score, p.X0, p.Y0, p.X1, p.Y1);

    private static (int, double, double, double, double, (double, bool, bool)) Key(TrueObject t) => (t.Label, t.X0, t.Y0, t.X1, t.Y1, (t.Area, t.IsCrowd, t.IsDifficult));
}
