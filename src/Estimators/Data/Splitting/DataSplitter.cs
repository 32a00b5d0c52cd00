using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Splits of views: what <c>ml.Vision.Data</c> offers, checked.</summary>
internal static class DataSplitter
{
    public static DataSplit Stratified(IDataView view, double testFraction, string labelColumn, int seed)
    {
        Check(view, testFraction);
        var (classOf, _) = RowGroups.OfLabels(view, labelColumn);
        var (train, test) = StratifiedRows.Split(Enumerable.Range(0, classOf.Length), classOf, testFraction, seed);
        if (test.Length == 0)
            throw new InvalidDataException($"A test fraction of {testFraction} of {classOf.Length} rows in {classOf.Distinct().Count()} classes is no row, since one of each class stays for training. Give more data or a larger fraction.");
        return new DataSplit(RowSubset.Of(view, train), RowSubset.Of(view, test));
    }

    public static IReadOnlyList<DataSplit> StratifiedFolds(IDataView view, int folds, string labelColumn, int seed)
    {
        Check(view, folds);
        var (classOf, names) = RowGroups.OfLabels(view, labelColumn);
        var small = classOf.CountBy(k => k).Where(c => c.Value < folds).OrderBy(c => c.Key).Select(c => $"'{names[c.Key]}' has {c.Value}").ToList();
        if (small.Count > 0)
            throw new InvalidDataException($"{folds} folds need at least {folds} rows of each class, but {string.Join(", ", small.Take(20))}{(small.Count > 20 ? ", ..." : "")}. Make fewer folds or leave these classes out.");
        return Folds(view, StratifiedRows.Deal(classOf, folds, seed), folds);
    }

    public static DataSplit Grouped(IDataView view, string groupColumn, double testFraction, int seed, string? labelColumn)
    {
        Check(view, testFraction);
        var partOf = Deal(view, groupColumn, labelColumn, [1 - testFraction, testFraction], seed, "a split");
        return new DataSplit(Part(view, partOf, p => p == 0), Part(view, partOf, p => p == 1));
    }

    public static IReadOnlyList<DataSplit> GroupedFolds(IDataView view, string groupColumn, int folds, int seed, string? labelColumn)
    {
        Check(view, folds);
        return Folds(view, Deal(view, groupColumn, labelColumn, [.. Enumerable.Repeat(1.0 / folds, folds)], seed, $"{folds} folds"), folds);
    }

    /// <summary>For each row its part.</summary>
    private static int[] Deal(IDataView view, string groupColumn, string? labelColumn, double[] shares, int seed, string what)
    {
        ArgumentNullException.ThrowIfNull(groupColumn);
        var (groupOf, count) = RowGroups.OfColumn(view, groupColumn);
        if (count < shares.Length)
            throw new InvalidDataException($"The group column '{groupColumn}' has {count} different values; {what} needs at least {shares.Length}, since a group is never parted.");
        var classOf = labelColumn is null ? new int[groupOf.Length] : RowGroups.OfLabels(view, labelColumn).ClassOf;
        var partOf = GroupedRows.Deal(groupOf, classOf, shares, seed);
        return [.. groupOf.Select(group => partOf[group])];
    }

    private static IReadOnlyList<DataSplit> Folds(IDataView view, int[] partOf, int folds) =>
        [.. Enumerable.Range(0, folds).Select(fold => new DataSplit(Part(view, partOf, p => p != fold), Part(view, partOf, p => p == fold)))];

    private static IDataView Part(IDataView view, int[] partOf, Func<int, bool> isIn) =>
        RowSubset.Of(view, [.. Enumerable.Range(0, partOf.Length).Where(row => isIn(partOf[row]))]);

    private static void Check(IDataView view, double testFraction)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (!(testFraction > 0 && testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The test fraction must lie between 0 and 1.");
    }

    private static void Check(IDataView view, int folds)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
    }
}
