using System.Text.Json;

namespace Fovea.Tests.Reporting.Report;

/// <summary>Curves of a report's JSON beside those of the metrics.</summary>
internal static class CurvePoints
{
    /// <summary>How near to the last one a point may be left out, as a share of an axis.</summary>
    private const double Near = 1 / 600.0;

    /// <summary>Every point is one of the metrics', in their order; the first and the last are there, and of the others those that can be told from the one before.</summary>
    public static void AssertOf(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> thresholds, JsonElement curve, string xName, string yName)
    {
        var points = x.Index().Select(p => (X: p.Item, Y: y[p.Index], Threshold: double.IsFinite(thresholds[p.Index]) ? thresholds[p.Index] : (double?)null)).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        var expected = new List<(double X, double Y, double? Threshold)>();
        for (var i = 0; i < points.Count; i++)
            if (i == 0 || i == points.Count - 1 || Math.Max(Math.Abs(points[i].X - expected[^1].X), Math.Abs(points[i].Y - expected[^1].Y)) >= Near)
                expected.Add(points[i]);
        Assert.Equal(expected.Select(p => (double?)p.X), Numbers(curve, xName));
        Assert.Equal(expected.Select(p => (double?)p.Y), Numbers(curve, yName));
        Assert.Equal(expected.Select(p => p.Threshold), Numbers(curve, "threshold"));
    }

    private static IEnumerable<double?> Numbers(JsonElement curve, string name) => curve.GetProperty(name).EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? (double?)null : n.GetDouble());
}
