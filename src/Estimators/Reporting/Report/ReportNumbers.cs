using System.Text.Json.Nodes;

namespace Fovea.Reporting;

/// <summary>What figures show, for machines.</summary>
internal static class ReportNumbers
{
    /// <summary>Rows of counts.</summary>
    public static JsonArray Matrix(long[,] counts) =>
        new([.. Enumerable.Range(0, counts.GetLength(0)).Select(k => (JsonNode)new JsonArray([.. Enumerable.Range(0, counts.GetLength(1)).Select(p => (JsonNode)counts[k, p])]))]);

    /// <summary>A list; null where a number is not finite.</summary>
    public static JsonArray List(IEnumerable<double> numbers) => new([.. numbers.Select(n => double.IsFinite(n) ? (JsonNode)n : null)]);

    /// <summary>Numbers by their names.</summary>
    public static JsonObject ByName(IEnumerable<(string Name, double Value)> numbers)
    {
        var json = new JsonObject();
        foreach (var (name, value) in numbers)
            json[name] = double.IsFinite(value) ? value : null;
        return json;
    }
}
