namespace Fovea.Reporting;

/// <summary>A range of values with its ticks, and where in it a value lies.</summary>
internal sealed class ChartAxis
{
    private readonly double _min;
    private readonly double _max;

    private ChartAxis(double min, double max, bool isLogarithmic, double[] ticks, double step)
    {
        (_min, _max, IsLogarithmic) = (min, max, isLogarithmic);
        Ticks = [.. ticks.Select(t => new ChartTick(t, isLogarithmic ? ChartNumber.Value(t) : ChartNumber.Tick(t, step, Math.Max(Math.Abs(min), Math.Abs(max)))))];
    }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<ChartTick> Ticks { get; }

    /// <summary>An axis over all finite values that ends in ticks.</summary>
    /// <param name="values">What is drawn; without any the axis goes from 0 to 1.</param>
    /// <param name="most">Ticks, at least 2.</param>
    public static ChartAxis Linear(IEnumerable<double> values, int most = 6)
    {
        var (min, max) = Range(values.Where(double.IsFinite), 0, 1);
        // Differences below what a label could show are none.
        if (max - min <= 1e-9 * Math.Max(Math.Abs(min), Math.Abs(max)))
            (min, max) = min == 0 ? (0, 1) : (min - 0.1 * Math.Abs(min), max + 0.1 * Math.Abs(max));
        var step = AxisTicks.Step(min, max, most);
        (min, max) = (Math.Max(double.MinValue, AxisTicks.AtMost(min / step) * step), Math.Min(double.MaxValue, AxisTicks.AtLeast(max / step) * step));
        return new(min, max, false, AxisTicks.Multiples(min, max, step), step);
    }

    /// <summary>An axis over whole numbers, as epochs are: it ends where they end.</summary>
    /// <param name="values">What is drawn; without any the axis goes from 0 to 1.</param>
    /// <param name="most">Ticks, at least 2.</param>
    public static ChartAxis Whole(IEnumerable<double> values, int most = 10)
    {
        var (min, max) = Range(values.Where(double.IsFinite), 0, 1);
        if (min == max)
            (min, max) = (min - 0.5, max + 0.5);
        var step = Math.Max(1, AxisTicks.Step(min, max, most));
        return new(min, max, false, AxisTicks.Multiples(min, max, step), step);
    }

    /// <summary>An axis over the logarithms of all finite values above 0, which ends in ticks; others have no place on it.</summary>
    /// <param name="values">What is drawn; without any the axis goes from 1 to 10.</param>
    /// <param name="most">Ticks, at least 2.</param>
    public static ChartAxis Logarithmic(IEnumerable<double> values, int most = 6)
    {
        var (min, max) = Range(values.Where(v => v > 0 && double.IsFinite(v)), 1, 10);
        if (max <= min * (1 + 1e-9))
            (min, max) = (min / 2, max * 2);
        (min, max) = AxisTicks.Outward(min, max);
        return new(min, max, true, AxisTicks.Logarithmic(min, max, most), 0);
    }

    /// <summary>An axis from one value to another.</summary>
    public static ChartAxis Between(double min, double max, int most = 8)
    {
        var step = AxisTicks.Step(min, max, most);
        return new(min, max, false, AxisTicks.Multiples(min, max, step), step);
    }

    /// <summary>The same range without marks.</summary>
    public ChartAxis WithoutTicks() => new(_min, _max, IsLogarithmic, [], 1);

    /// <summary>Whether a value can be drawn.</summary>
    public bool Holds(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0);

    /// <summary>The place of a value: 0 at the beginning of the axis, 1 at its end.</summary>
    public double Place(double value) => IsLogarithmic
        ? (Math.Log(value) - Math.Log(_min)) / (Math.Log(_max) - Math.Log(_min))
        : (value / 2 - _min / 2) / (_max / 2 - _min / 2); // halved: the range of the largest doubles is none

    private static (double Min, double Max) Range(IEnumerable<double> values, double min, double max)
    {
        var list = values.ToList();
        return list.Count == 0 ? (min, max) : (list.Min(), list.Max());
    }
}
