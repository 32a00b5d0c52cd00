using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>Images a second over the rounds of one side.</summary>
internal sealed record Measurement(double Median, double Lowest, double Highest)
{
    public static Measurement Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    public Measurement Scaled(double factor) => new(factor * Median, factor * Lowest, factor * Highest);

    /// <returns>Median (lowest–highest).</returns>
    public string Text(string format)
    {
        var culture = CultureInfo.InvariantCulture;
        return $"{Median.ToString(format, culture)} ({Lowest.ToString(format, culture)}–{Highest.ToString(format, culture)})";
    }
}
