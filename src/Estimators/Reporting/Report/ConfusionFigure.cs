namespace Fovea.Reporting;

/// <summary>A confusion matrix as a part of a report.</summary>
internal static class ConfusionFigure
{
    /// <param name="counts">(K, K): true class [row] predicted as class [column].</param>
    /// <param name="classNames">Of the K classes.</param>
    public static FigurePart Of(long[,] counts, IReadOnlyList<string> classNames) =>
        new("confusion", new ConfusionChart(ConfusionChart.Numbers(counts), classNames)) { IsWide = true, Numbers = () => ReportNumbers.Matrix(counts) };
}
