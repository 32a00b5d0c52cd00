namespace Fovea;

/// <summary>What photometric steps refuse.</summary>
internal static class PhotometryBounds
{
    public static void Probability(double probability, string of)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"The probability of {of} must be 0 to 1.");
    }

    public static void Number(double value, string name, string what, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{what} must be {lowest} to {highest}."));
    }

    public static void Range(double low, double high, string lowName, string highName, string what, double lowest, double highest)
    {
        Number(low, lowName, $"The lower end of {what}", lowest, highest);
        if (!(high >= low && high <= highest))
            throw new ArgumentOutOfRangeException(highName, high, FormattableString.Invariant($"The upper end of {what} must be its lower end, {low}, to {highest}."));
    }
}
