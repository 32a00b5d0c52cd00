namespace Fovea.Data;

/// <summary>Counts of classes by their numbers, which may grow while rows are read. For one thread at a time.</summary>
internal sealed class ClassTally
{
    private readonly List<long> _counts = [];
    private readonly List<long> _images = [];
    private readonly List<long> _lastImage = [];

    /// <summary>What had no class.</summary>
    public long Unclassified { get; private set; }

    /// <param name="index">The class; below 0 for none.</param>
    /// <param name="row">The row it is in.</param>
    /// <param name="count">Objects or pixels.</param>
    public void Add(int index, long row, long count = 1)
    {
        if (index < 0)
        {
            Unclassified += count;
            return;
        }
        while (_counts.Count <= index)
        {
            _counts.Add(0);
            _images.Add(0);
            _lastImage.Add(-1);
        }
        _counts[index] += count;
        if (_lastImage[index] == row)
            return;
        _lastImage[index] = row;
        _images[index]++;
    }

    /// <summary>Takes in what another thread counted, of other rows.</summary>
    public void Add(ClassTally other)
    {
        Unclassified += other.Unclassified;
        for (var i = 0; i < other._counts.Count; i++)
        {
            Add(i, -1, other._counts[i]); // makes room
            _images[i] += other._images[i];
        }
    }

    /// <param name="column">The column the classes are of.</param>
    /// <param name="unit">What was counted.</param>
    /// <param name="names">The names of the numbers; null for the numbers themselves.</param>
    public ClassDistribution ToBalance(string column, string unit, IReadOnlyList<string>? names)
    {
        names ??= LabelColumn.Numbers(_counts.Count);
        return ClassDistribution.Of(column, unit, names, Padded(_counts, names.Count), Padded(_images, names.Count), Unclassified);
    }

    private static long[] Padded(List<long> values, int count) => [.. values.Take(count), .. new long[Math.Max(0, count - values.Count)]];
}
