using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>What one side did over its rounds: as a rule, how many a second.</summary>
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

    /// <returns>Of how many a second, how long each takes, in seconds by <paramref name="factor"/>.</returns>
    public Measurement Inverted(double factor) => new(factor / Median, factor / Highest, factor / Lowest);

    /// <returns>Median (lowest–highest).</returns>
    public string Text(string format)
    {
        var culture = CultureInfo.InvariantCulture;
        return $"{Median.ToString(format, culture)} ({Lowest.ToString(format, culture)}–{Highest.ToString(format, culture)})";
    }
}
