namespace Fovea.Reporting;

/// <summary>A confusion matrix as a part of a report.</summary>
internal static class ConfusionFigure
{
    /// <param name="counts">(K, K): true class [row] predicted as class [column].</param>
    /// <param name="classNames">Of the K classes.</param>
    public static FigurePart Of(long[,] counts, IReadOnlyList<string> classNames)
    {
        var numbers = new double[counts.GetLength(0), counts.GetLength(1)];
        for (var k = 0; k < counts.GetLength(0); k++)
            for (var p = 0; p < counts.GetLength(1); p++)
                numbers[k, p] = counts[k, p];
        return new("confusion", new ConfusionChart(numbers, classNames)) { IsWide = true, Numbers = () => ReportNumbers.Matrix(counts) };
    }
}
