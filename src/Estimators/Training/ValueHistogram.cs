namespace Fovea;

/// <summary>How a tensor's numbers are spread: counts in ranges of one width from the smallest to the largest.</summary>
public sealed record ValueHistogram
{
    /// <summary>The smallest number.</summary>
    public required double Minimum { get; init; }

    /// <summary>The largest number.</summary>
    public required double Maximum { get; init; }

    /// <summary>Sum of the numbers.</summary>
    public required double Sum { get; init; }

    /// <summary>Sum of their squares.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>Numbers in each range, from the smallest up; a single one where all numbers are equal. What is not finite is not counted.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Where a range ends.</summary>
    /// <param name="range">Its place in <see cref="Counts"/>.</param>
    public double EndOf(int range) => range == Counts.Count - 1 ? Maximum : Minimum + (Maximum - Minimum) * (range + 1) / Counts.Count;
}
