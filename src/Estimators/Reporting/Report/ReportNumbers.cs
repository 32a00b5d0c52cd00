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

    /// <summary>The curves of a chart by the points that it draws; where nothing is taken, the threshold is null.</summary>
    /// <param name="chart">With the curves.</param>
    /// <param name="area">What the area below a curve is called.</param>
    /// <param name="x">What x is called.</param>
    /// <param name="y">What y is called.</param>
    public static JsonArray Curves(CurveChart chart, string area, string x, string y) => new([.. chart.Series.Select(series =>
    {
        var points = series.Thinned();
        return (JsonNode)new JsonObject
        {
            ["name"] = series.Name,
            [area] = double.IsFinite(series.Area) ? series.Area : null,
            [x] = List(points.Select(p => p.X)),
            [y] = List(points.Select(p => p.Y)),
            ["threshold"] = List(points.Select(p => p.Threshold)),
        };
    })]);

    /// <summary>Numbers by their names.</summary>
    public static JsonObject ByName(IEnumerable<(string Name, double Value)> numbers)
    {
        var json = new JsonObject();
        foreach (var (name, value) in numbers)
            json[name] = double.IsFinite(value) ? value : null;
        return json;
    }
}
