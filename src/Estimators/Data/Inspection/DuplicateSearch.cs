namespace Fovea.Data;

/// <summary>
/// Finds images that are there twice: those with equal pixels, and of the others those that look alike. Each image but the
/// first is reported once, with the gravest that is true of it: shared between views, conflicting labels, a mere duplicate.
/// </summary>
/// <param name="names">The names of the views.</param>
/// <param name="label">The name of a row's label; null for none.</param>
internal sealed class DuplicateSearch(IReadOnlyList<string> names, Func<RowFacts, string?> label)
{
    /// <param name="rows">The rows of all views, in order.</param>
    /// <param name="nearDistance">Bits in which hashes may differ; null for equal pixels only.</param>
    /// <param name="cancellation">Stops the search.</param>
    public List<DatasetFinding> Run(IReadOnlyList<RowFacts> rows, int? nearDistance, CancellationToken cancellation)
    {
        var findings = new List<DatasetFinding>();
        var firsts = new List<RowFacts>();
        foreach (var group in rows.Where(r => r.Pixels is not null).GroupBy(r => r.Pixels!.Value))
        {
            var members = group.ToList();
            firsts.Add(members[0]);
            for (var i = 1; i < members.Count; i++)
            {
                var other = members.Take(i).FirstOrDefault(m => m.Split != members[i].Split) ?? members[0];
                findings.Add(Judge(members[i], other, null));
            }
        }
        if (nearDistance is { } distance)
            findings.AddRange(Near([.. firsts.Where(r => r.Look is not null)], distance, cancellation));
        return findings;
    }

    private IEnumerable<DatasetFinding> Near(List<RowFacts> rows, int distance, CancellationToken cancellation)
    {
        var nearest = new Dictionary<int, (bool IsSameSplit, int Distance, int Other)>();
        NearSearch.Run([.. rows.Select(r => r.Look!.Value)], distance, (later, earlier, d) =>
        {
            var pair = (rows[later].Split == rows[earlier].Split, d, earlier);
            if (!nearest.TryGetValue(later, out var known) || pair.CompareTo(known) < 0)
                nearest[later] = pair;
        }, cancellation);
        return nearest.Select(pair => Judge(rows[pair.Key], rows[pair.Value.Other], pair.Value.Distance));
    }

    /// <param name="row">The later one.</param>
    /// <param name="other">The earlier one.</param>
    /// <param name="distance">Of their hashes; null for equal pixels.</param>
    private DatasetFinding Judge(RowFacts row, RowFacts other, int? distance)
    {
        var isExact = distance is null;
        var (mine, theirs) = (label(row), label(other));
        // What is drawn on a copy of another size is another drawing, so boxes and masks are compared on equal pixels only.
        var conflict = mine is not null && theirs is not null && mine != theirs ? $"is labelled '{mine}' here and '{theirs}' there"
            : isExact && row.Annotation is not null && other.Annotation is not null && row.Annotation != other.Annotation ? "has other boxes or another mask there"
            : null;
        var isShared = row.Split != other.Split;
        var place = (other.File is null ? $"that in row {other.Row}" : $"'{other.File}' (row {other.Row})") + (isShared ? $" of '{names[other.Split]}'" : "");
        var said = isExact ? $"The image has the same pixels as {place}" : $"The image looks like {place}; their hashes differ in {distance} of {PerceptualHash.Bits} bits";
        var (kind, severity, advice) = (isShared, conflict) switch
        {
            (true, _) => (FindingKind.SharedBetweenSplits, isExact ? FindingSeverity.Error : FindingSeverity.Warning, "Keep it in one of them."),
            (_, not null) => (FindingKind.ConflictingLabels, isExact ? FindingSeverity.Error : FindingSeverity.Warning, "Find out which is right."),
            _ => (isExact ? FindingKind.ExactDuplicate : FindingKind.NearDuplicate, FindingSeverity.Warning, "Leave one of them out, or keep both in one split."),
        };
        return new DatasetFinding(kind, severity, $"{said}{(conflict is null ? "" : $", but {conflict}")}. {advice}")
        {
            Split = names[row.Split],
            Row = row.Row,
            File = row.File,
            OtherSplit = names[other.Split],
            OtherRow = other.Row,
            OtherFile = other.File,
            Distance = distance ?? 0,
        };
    }
}
