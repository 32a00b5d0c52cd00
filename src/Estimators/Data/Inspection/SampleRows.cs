using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Which rows of a view are shown, and their labels. Reads labels only.</summary>
internal sealed class SampleRows
{
    private SampleRows(IReadOnlyList<long> rows, IReadOnlyDictionary<long, int> labels, IReadOnlyList<string> classNames) =>
        (Rows, Labels, ClassNames) = (rows, labels, classNames);

    /// <summary>In the order in which they are shown: by class, then by row.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>The class of each; -1 for none.</summary>
    public IReadOnlyDictionary<long, int> Labels { get; }

    public IReadOnlyList<string> ClassNames { get; }

    /// <param name="view">The data.</param>
    /// <param name="label">Its label column; null for none.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="given">The rows to show; null to choose some.</param>
    /// <param name="seed">Chooses them.</param>
    public static SampleRows Choose(IDataView view, DataViewSchema.Column? label, int count, IReadOnlyList<long>? given, int seed)
    {
        var labels = ReadLabels(view, label, out var names);
        if (given is not null)
        {
            if (given.Where(r => r >= labels.Count).ToList() is [var beyond, ..])
                throw new ArgumentException($"Row {beyond} is to be shown, but the view has {labels.Count} rows, the first being row 0.", nameof(given));
            return new(given, given.Distinct().ToDictionary(r => r, r => labels[(int)r]), names);
        }
        var random = new RowRandom();
        var classes = Enumerable.Range(0, labels.Count).GroupBy(row => labels[row]).OrderBy(g => g.Key).Select(group =>
        {
            var rows = group.ToArray();
            random.Seed(seed, 0, group.Key);
            random.Order(rows);
            return rows;
        }).ToList();
        // One of each class in turn, so that a rare class is seen beside a frequent one.
        var chosen = new List<int>();
        for (var turn = 0; chosen.Count < Math.Min(count, labels.Count); turn++)
            chosen.AddRange(classes.Where(rows => turn < rows.Length).Select(rows => rows[turn]).Take(count - chosen.Count));
        return new([.. chosen.OrderBy(row => labels[row]).ThenBy(row => row).Select(row => (long)row)], chosen.ToDictionary(r => (long)r, r => labels[r]), names);
    }

    private static List<int> ReadLabels(IDataView view, DataViewSchema.Column? label, out IReadOnlyList<string> names)
    {
        var labels = new List<int>();
        using var cursor = view.GetRowCursor(label is { } active ? [active] : []);
        var reader = label is { } column ? new LabelReader(cursor, column, null) : null;
        while (cursor.MoveNext())
        {
            try
            {
                labels.Add(reader?.Read() ?? -1);
            }
            catch (InvalidDataException)
            {
                labels.Add(-1); // shown without a label
            }
        }
        names = label is { } key ? LabelColumn.ClassNames(key) ?? [] : [];
        if (reader?.Collected() is var (collected, places))
        {
            names = collected;
            for (var i = 0; i < labels.Count; i++)
                labels[i] = labels[i] < 0 ? -1 : places[labels[i]];
        }
        return labels;
    }
}
