using System.Globalization;

namespace Fovea.Reporting;

/// <summary>Numbers as charts show them, the same in every culture.</summary>
internal static class ChartNumber
{
    /// <summary>Six digits: 0.123457, 12,345.7, 1e-05.</summary>
    public static string Value(double value) => Math.Abs(value) switch
    {
        >= 1e9 or (< 1e-4 and > 0) => value.ToString("0.#####e+0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString($"#,0.{new string('#', Math.Max(0, 5 - (int)Math.Log10(Math.Abs(value))))}", CultureInfo.InvariantCulture),
        _ => value.ToString("G6", CultureInfo.InvariantCulture),
    };

    /// <summary>With the digits that tell it from the next tick.</summary>
    /// <param name="value">Of the tick.</param>
    /// <param name="step">From it to the next.</param>
    /// <param name="largest">The axis's largest magnitude, which decides how its numbers are written.</param>
    public static string Tick(double value, double step, double largest) => largest is >= 1e7 or < 1e-4
        ? value == 0 ? "0" : value.ToString($"0.{new string('#', Math.Clamp(AxisTicks.Power(largest) - AxisTicks.Power(step), 0, 15))}e+0", CultureInfo.InvariantCulture)
        : value.ToString($"#,0.{new string('0', AxisTicks.Digits(step))}", CultureInfo.InvariantCulture);

    /// <summary>A share of one with four decimals: 0.9876; n/a where it has no meaning.</summary>
    public static string Share(double share) => double.IsNaN(share) ? "n/a" : share.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share of one in percent: 8.3 %.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>At most four letters: 950, 9.5k, 12k, 3M.</summary>
    public static string Short(double count) => count switch
    {
        < 1000 => count.ToString("0.#", CultureInfo.InvariantCulture),
        < 9950 => (count / 1000).ToString("0.#k", CultureInfo.InvariantCulture),
        < 999_500 => (count / 1000).ToString("0k", CultureInfo.InvariantCulture),
        < 9.95e6 => (count / 1e6).ToString("0.#M", CultureInfo.InvariantCulture),
        < 9.995e8 => (count / 1e6).ToString("0M", CultureInfo.InvariantCulture),
        _ => count.ToString("0e+0", CultureInfo.InvariantCulture),
    };
}
