using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values as text.</summary>
internal static class TextWriting
{
    /// <summary>As a converted text column has them: seven digits of a Single, True and False.</summary>
    public static string Converted<T>(T value) => value switch
    {
        float number => number.ToString("G7", CultureInfo.InvariantCulture),
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        _ => Common(value),
    };

    /// <summary>As a text file has them, so that they are read back exactly: a question mark for NaN, 1 and 0 for true and false.</summary>
    public static string Stored<T>(T value) => value switch
    {
        float.NaN or double.NaN => "?",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        _ => Common(value),
    };

    private static string Common<T>(T value) => value switch
    {
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
