using System.Globalization;

namespace Fovea.Reporting;

/// <summary>A value as people read it and as machines do.</summary>
/// <param name="Text">For people; the same in every culture.</param>
/// <param name="Number">For machines, in full; null where the value is words. NaN where there is none.</param>
internal readonly record struct ReportValue(string Text, double? Number)
{
    private const string Missing = "n/a";

    /// <summary>No value, where others have one.</summary>
    public static ReportValue None { get; } = new(Missing, double.NaN);

    public static ReportValue Words(string text) => new(text, null);

    public static ReportValue Count(double count) => Of(count, count.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>A share of one in percent: 98.77 %.</summary>
    public static ReportValue Percent(double share) => Of(share, string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %"));

    /// <summary>Four decimals, as scores from 0 to 1 are compared.</summary>
    public static ReportValue Score(double score) => Of(score, score.ToString("0.0000", CultureInfo.InvariantCulture));

    /// <summary>Six digits, with a unit where there is one.</summary>
    public static ReportValue Measured(double value, string unit = "") => Of(value, ChartNumber.Value(value) + (unit.Length > 0 ? $" {unit}" : ""));

    /// <summary>A length of time; of machines in seconds.</summary>
    public static ReportValue Time(TimeSpan time) => Of(time.TotalSeconds, time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    });

    /// <summary>Bytes in powers of 1024.</summary>
    public static ReportValue Bytes(long bytes) => Of(bytes, bytes switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB"),
    });

    private static ReportValue Of(double number, string text) => double.IsNaN(number) ? None : new(text, number);
}
