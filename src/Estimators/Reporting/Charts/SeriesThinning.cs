namespace Fovea.Reporting;

/// <summary>A long line by fewer points that looks the same.</summary>
internal static class SeriesThinning
{
    /// <summary>
    /// Of the points that fall into one column of pixels the first, the lowest, the highest and the last, in their order: what is drawn of the
    /// others lies between them. Points that are not shown stay, as they part the line.
    /// </summary>
    /// <param name="points">In the order in which they are joined.</param>
    /// <param name="column">The column of pixels of a point.</param>
    /// <param name="isShown">Whether a point is drawn.</param>
    public static IReadOnlyList<(double X, double Y)> ByColumn(IReadOnlyList<(double X, double Y)> points, Func<(double X, double Y), int> column, Func<(double X, double Y), bool> isShown)
    {
        var kept = new List<(double X, double Y)>();
        for (var start = 0; start < points.Count;)
        {
            if (!isShown(points[start]))
            {
                kept.Add(points[start++]);
                continue;
            }
            var (end, lowest, highest) = (start + 1, start, start);
            for (; end < points.Count && isShown(points[end]) && column(points[end]) == column(points[start]); end++)
            {
                lowest = points[end].Y < points[lowest].Y ? end : lowest;
                highest = points[end].Y > points[highest].Y ? end : highest;
            }
            kept.AddRange(new SortedSet<int> { start, lowest, highest, end - 1 }.Select(i => points[i]));
            start = end;
        }
        return kept;
    }
}
