using System.Diagnostics;
using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Inspects views one after the other, then all of them together.</summary>
internal static class DatasetInspector
{
    /// <param name="views">By name; a single one may have an empty name.</param>
    /// <param name="options">What to look at.</param>
    /// <exception cref="ArgumentException">An option is out of range, names repeat, or a column is missing or of another type.</exception>
    public static DatasetReport Run(IReadOnlyList<(string Name, IDataView View)> views, InspectionOptions options)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"The inspection cannot run: {string.Join("; ", problems)}.", nameof(options));
        // Before the first is read, which may take long.
        var columns = views.Select(v => ScanColumns.Find(v.View.Schema, options.ImageColumn, options.LabelColumn, options.MaskColumn, options.BoxColumn, options.BoxLabelColumn)).ToList();
        var clock = Stopwatch.StartNew();
        var parts = views.Select((v, i) => ViewScan.Run(v.View, columns[i], i, v.Name, options)).ToList();

        var splits = parts.Select((p, i) => Summarize(views[i].Name, p.Reader, p.Scan)).ToList();
        var findings = parts.SelectMany(p => p.Scan.Findings).ToList();
        for (var i = 0; i < splits.Count; i++)
            findings.AddRange(CheckClasses(splits[0], splits[i], columns[i], options));
        var labels = parts.Select(p => LabelNames(p.Reader)).ToList();
        var search = new DuplicateSearch([.. views.Select(v => v.Name)], row => row.Label < 0 ? null : labels[row.Split](row.Label));
        findings.AddRange(search.Run([.. parts.SelectMany(p => p.Scan.Rows)], options.NearDistance, options.Cancellation));

        var order = views.Select((v, i) => (v.Name, i)).ToDictionary(v => v.Name, v => v.i);
        return new DatasetReport(views, options, splits,
            [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Kind).ThenBy(f => order[f.Split]).ThenBy(f => f.Row ?? -1).ThenBy(f => f.Object ?? -1)],
            Sum(parts.Select(p => p.Scan.Sizes)), Sum(parts.Select(p => p.Scan.Modes)), clock.Elapsed);
    }

    private static SplitSummary Summarize(string name, ScanReader reader, ViewScan scan) => new(name, scan.Rows.Count, scan.Rows.LongCount(r => r.Pixels is null),
        reader.Columns.Label is { } label ? Labels(reader, label) : null,
        reader.Columns.Boxes is { } boxes ? reader.Objects.ToBalance(boxes.Classes.Name, "objects", reader.ObjectClasses) : null,
        reader.Columns.Mask is { } mask ? Masks(scan, mask, reader.Columns) : null);

    /// <summary>A class whose pixels are ignored is none.</summary>
    private static ClassDistribution Masks(ViewScan scan, DataViewSchema.Column mask, ScanColumns columns)
    {
        var balance = scan.MaskPixels.ToBalance(mask.Name, "pixels", columns.MaskClasses?.Names);
        return columns.IgnoredClass is { } ignored ? balance with { Classes = [.. balance.Classes.Where(c => c.Name != ignored)] } : balance;
    }

    private static ClassDistribution Labels(ScanReader reader, DataViewSchema.Column label)
    {
        if (reader.CollectedLabels() is not var (names, places))
            return reader.Labels.ToBalance(label.Name, "images", LabelColumn.ClassNames(label)!);
        // Of a text column the numbers are as the names came; the classes are in ordinal order, as training has them.
        var read = new string[names.Length];
        for (var i = 0; i < read.Length; i++)
            read[i] = names[places[i]];
        var balance = reader.Labels.ToBalance(label.Name, "images", read);
        return balance with { Classes = [.. balance.Classes.OrderBy(c => c.Name, StringComparer.Ordinal)] };
    }

    private static Func<int, string> LabelNames(ScanReader reader)
    {
        if (reader.CollectedLabels() is var (names, places))
            return number => names[places[number]];
        var own = reader.Columns.Label is { } label ? LabelColumn.ClassNames(label)! : [];
        return number => own[number];
    }

    private static IEnumerable<DatasetFinding> CheckClasses(SplitSummary first, SplitSummary split, ScanColumns columns, InspectionOptions options)
    {
        // Masks without names for their values have no classes that could be unused or unknown.
        return ClassChecks.Run(split.Labels, Expected(s => s.Labels), split.Name)
            .Concat(ClassChecks.Run(split.Objects, Expected(s => s.Objects), split.Name))
            .Concat(columns.MaskClasses is null ? [] : ClassChecks.Run(split.Masks, [.. Expected(s => s.Masks).Where(name => name != columns.IgnoredClass)], split.Name));

        IReadOnlyList<string> Expected(Func<SplitSummary, ClassDistribution?> balance) => options.ClassNames ?? [.. (balance(first) ?? balance(split))?.Classes.Select(c => c.Name) ?? []];
    }

    private static Dictionary<T, long> Sum<T>(IEnumerable<Dictionary<T, long>> parts) where T : notnull =>
        parts.SelectMany(p => p).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Sum(p => p.Value));
}
