using System.Globalization;

namespace Fovea;

/// <summary>Bounds that several steps have, and numbers drawn between them.</summary>
internal static class StepBounds
{
    /// <exception cref="ArgumentOutOfRangeException">The pair is not in order, or out of bounds.</exception>
    public static void Range(double least, double most, double lowest, double highest, string name, string what)
    {
        if (!(least >= lowest && least <= most && most <= highest))
            throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"({least}, {most})"),
                string.Create(CultureInfo.InvariantCulture, $"{what} must be a pair (least, most) with {lowest} <= least <= most <= {highest}."));
    }

    /// <exception cref="ArgumentOutOfRangeException">It is out of bounds.</exception>
    public static void Number(double value, double lowest, double highest, string name, string what)
    {
        if (!(value >= lowest && value <= highest))
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{what} must be {lowest} to {highest}."));
    }

    /// <exception cref="ArgumentOutOfRangeException">It is not 0 to 1.</exception>
    public static void Probability(double probability, string what)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"The probability of {what} must be 0 to 1.");
    }

    /// <summary>A number of [<paramref name="least"/>, <paramref name="most"/>), every one equally likely; where both are equal, it is theirs.</summary>
    public static double Between(this Random random, double least, double most) => least + random.NextDouble() * (most - least);
}
