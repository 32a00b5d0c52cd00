namespace Fovea.Reporting;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">In the order in which they are joined; values that are not finite are gaps.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points);
