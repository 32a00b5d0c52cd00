namespace Fovea.Reporting;

/// <summary>A table. Machines get all rows, people as many as can be read.</summary>
internal sealed record TablePart(string Key, string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<ReportValue>> Rows) : ReportPart(Key)
{
    /// <summary>Rows on a page, where not <see cref="Shown"/> says otherwise.</summary>
    public const int MostRows = 1000;

    /// <summary>Rows in a terminal.</summary>
    public const int MostLines = 40;

    /// <summary>The rows for people, ascending; null for the first ones.</summary>
    public IReadOnlyList<int>? Shown { get; init; }

    /// <summary>Folded on the page until it is asked for.</summary>
    public bool IsFolded { get; init; }

    /// <summary>The rows for people, at most so many, and what to say of the others; null where none is left out.</summary>
    public (IReadOnlyList<IReadOnlyList<ReportValue>> Rows, string? Left) Take(int most)
    {
        var from = Shown is null ? Rows : [.. Shown.Select(i => Rows[i])];
        var shown = from.Count <= most ? from : [.. from.Take(most)];
        return (shown, shown.Count == Rows.Count ? null : $"{shown.Count} of {Rows.Count} rows; ToJson has all of them.");
    }

    /// <summary>Evenly spread places of a long list: the first, the last, and those that must not be missing among them.</summary>
    /// <param name="count">Of the list.</param>
    /// <param name="most">Places, at least 2, those that must be there not counted.</param>
    /// <param name="needed">Places that must be there.</param>
    public static IReadOnlyList<int> Spread(int count, int most, params IReadOnlyList<int> needed) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most).Select(i => (int)Math.Round(i * (count - 1.0) / (most - 1))).Concat(needed.Where(n => n >= 0 && n < count)).Distinct().Order()];
}
