namespace Fovea.PowerShell;

/// <summary>One true class of a confusion matrix.</summary>
public sealed class ConfusionRow
{
    internal ConfusionRow(string name, IReadOnlyList<long> counts, int index) => (Class, Counts, Right) = (name, counts, counts[index]);

    /// <summary>The true class.</summary>
    public string Class { get; }

    /// <summary>Of how many the class is this.</summary>
    public long Total => Counts.Sum();

    /// <summary>How many of them were predicted as it.</summary>
    public long Right { get; }

    /// <summary>The share of them, in [0, 1]; NaN where there are none.</summary>
    public double Recall => (double)Right / Total;

    /// <summary>How many of them were predicted as class 0, 1, ...</summary>
    public IReadOnlyList<long> Counts { get; }
}
