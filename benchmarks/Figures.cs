using System.Globalization;
using System.Text.Json.Nodes;

namespace Fovea.Benchmarks;

/// <summary>Reads what a bench wrote into the file of figures.</summary>
internal static class Figures
{
    /// <param name="result">A line.</param>
    /// <param name="path">Names with dots between them.</param>
    /// <returns>Null where there is none.</returns>
    public static double? Number(JsonObject result, string path) => At(result, path) is JsonValue value && value.TryGetValue(out double number) ? number : null;

    /// <inheritdoc cref="Number"/>
    public static string? Text(JsonObject result, string path) => At(result, path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <returns>Median (lowest–highest); null where it was not measured.</returns>
    public static string? Spread(JsonObject result, string path) =>
        Number(result, $"{path}.median") is { } median && Number(result, $"{path}.lowest") is { } lowest && Number(result, $"{path}.highest") is { } highest
            ? $"{Digits(median)} ({Digits(lowest)}–{Digits(highest)})"
            : null;

    /// <returns>Three digits that say something, or as many as are before the point.</returns>
    public static string Digits(double value)
    {
        var format = Math.Abs(value) switch
        {
            0 or >= 99.95 => "#,0",
            >= 9.995 when value == Math.Round(value) => "0",
            >= 9.995 => "0.0",
            >= 0.9995 => "0.00",
            >= 0.01 => "0.000",
            _ => "0e+0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static JsonNode? At(JsonObject result, string path) => path.Split('.').Aggregate((JsonNode?)result, (node, name) => (node as JsonObject)?[name]);
}
