namespace Fovea.Reporting;

/// <summary>Where an axis has its marks: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class AxisTicks
{
    /// <summary>The smallest step of 1, 2 or 5 times a power of ten that leaves at most so many ticks.</summary>
    /// <param name="min">Finite.</param>
    /// <param name="max">Finite, above <paramref name="min"/>.</param>
    /// <param name="most">At least 2.</param>
    public static double Step(double min, double max, int most)
    {
        // Divided first: the range itself may be beyond what a double holds.
        var raw = max / (most - 1) - min / (most - 1);
        var power = Power(raw);
        // A step that is too small by rounding alone is taken.
        foreach (var factor in (ReadOnlySpan<int>)[1, 2, 5])
            if (Times(factor, power) >= raw * (1 - 1e-12))
                return Times(factor, power);
        return Times(1, power + 1);
    }

    /// <summary>The multiples of a step within the range, ends included.</summary>
    public static double[] Multiples(double min, double max, double step)
    {
        var (first, last) = (AtLeast(min / step), AtMost(max / step));
        var digits = Digits(step);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => digits <= 15 ? Math.Round((first + i) * step, digits) : (first + i) * step).Select(t => t + 0.0)]; // no minus zero
    }

    /// <summary>Powers of ten in the range, and where there are few their double and fivefold.</summary>
    /// <param name="min">Above 0.</param>
    /// <param name="max">Above <paramref name="min"/>.</param>
    /// <param name="most">At least 2.</param>
    public static double[] Logarithmic(double min, double max, int most)
    {
        var (first, last) = (Power(min), Power(max));
        // Those below the first power of ten in the range belong to it too.
        foreach (var factors in (int[][])[[1, 2, 5], [1]])
        {
            var ticks = Enumerable.Range(first, last - first + 1).SelectMany(p => factors.Select(f => Times(f, p))).Where(t => t >= min * (1 - 1e-9) && t <= max * (1 + 1e-9)).ToArray();
            if (ticks.Length <= most)
                return ticks;
        }
        var every = (last - first + most - 2) / (most - 1);
        return [.. Enumerable.Range(first, last - first + 1).Where(p => p % every == 0).Select(p => Times(1, p)).Where(t => t >= min * (1 - 1e-9) && t <= max * (1 + 1e-9))];
    }

    /// <summary>The range, widened to ends of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="min">Above 0.</param>
    /// <param name="max">At least <paramref name="min"/>.</param>
    public static (double Min, double Max) Outward(double min, double max)
    {
        var (below, above) = (Power(min), Power(max));
        return (new[] { 5, 2, 1 }.Select(f => Times(f, below)).First(t => t <= min), new[] { 1, 2, 5, 10 }.Select(f => Times(f, above)).First(t => t >= max));
    }

    /// <summary>Decimal places that a step needs.</summary>
    public static int Digits(double step) => Math.Max(0, -Power(step));

    /// <summary>The smallest whole number from here up; what misses one by rounding alone is that one.</summary>
    public static double AtLeast(double value) => Math.Ceiling(value - Rounding(value));

    /// <summary>The largest whole number from here down; what misses one by rounding alone is that one.</summary>
    public static double AtMost(double value) => Math.Floor(value + Rounding(value));

    /// <summary>The exponent of the largest power of ten that is not above the value.</summary>
    public static int Power(double value)
    {
        var power = (int)Math.Floor(Math.Log10(value));
        return Times(1, power + 1) <= value ? power + 1 : power;
    }

    // Some roundings of a double.
    private static double Rounding(double value) => Math.Max(1e-9, Math.Abs(value) * 1e-15);

    // Parsed: 1e-3 itself, which Math.Pow misses by a bit for some powers.
    private static double Times(int factor, int power) => double.Parse($"{factor}e{power}", System.Globalization.CultureInfo.InvariantCulture);
}
