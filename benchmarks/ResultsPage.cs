using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Fovea.Benchmarks;

/// <summary>The file of figures as a page of Markdown: a table for each bench and unit, with the targets and whether they are met.</summary>
internal static class ResultsPage
{
    // As they stand in the figures, and what the table calls them.
    private static readonly (string Field, string Name)[] _peers =
        [("pytorch", "PyTorch"), ("torchvision", "torchvision"), ("numpy", "NumPy"), ("withScope", "with a scope"), ("oneThread", "one thread")];

    private static readonly (string Name, Func<JsonObject, string?> Cell)[] _more =
    [
        ("ms a step", r => Number(r, "milliseconds")),
        ("share of the memory's speed", r => Figures.Spread(r, "shareOfMemorySpeed")),
        ("managed bytes", r => Number(r, "managedBytes")),
        ("differ by", r => Number(r, "difference")),
        ("PyTorch differs by", r => Number(r, "peerDifference")),
        ("found by both", r => Number(r, "foundByBoth")),
        ("loss at the end, Fovea / PyTorch", r => Number(r, "loss.fovea") is { } own ? $"{own} / {Number(r, "loss.pytorch")}" : null),
    ];

    /// <param name="figures">As the benches wrote them.</param>
    /// <param name="titles">The benches in their order: name and title.</param>
    public static string Of(JsonObject figures, IEnumerable<(string Name, string Title)> titles)
    {
        var page = new StringBuilder();
        var (met, all) = (0, 0);
        foreach (var (name, title) in titles)
        {
            if (figures[name] is not JsonObject { } bench || bench["results"] is not JsonArray results)
                continue;
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n`./build.sh bench --only {name}`, {bench["date"]}, {bench["machine"]}.{Peers(bench, results)}\n");
            foreach (var table in results.OfType<JsonObject>().GroupBy(r => (Figures.Text(r, "unit"), PeerOf(r))))
                Append(page, name, table.Key.Item1, table.Key.Item2, [.. table]);
            var targets = results.OfType<JsonObject>().SelectMany(r => Target.Of(name, r)).ToList();
            (met, all) = (met + targets.Count(t => t.IsMet), all + targets.Count);
        }
        return $"""
            # Speed and memory, measured

            Written by `./build.sh results` from `artifacts/bench.json`; not by hand. Both sides of a line ran in one run of `./build.sh bench`, each
            in a process of its own, in turn. Figures are medians (lowest–highest) of at least 7 rounds; a ratio is the median over neighboring
            rounds, above 1 where Fovea is ahead. Memory is the peak of resident memory of all processes of a side. Absolute figures drift with the
            machine; ratios hold better. {met} of {all} targets are met.
            {page}
            """.ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder page, string bench, string? unit, string? peer, List<JsonObject> results)
    {
        var other = _peers.FirstOrDefault(p => p.Field == peer).Name;
        var measured = unit is null ? "" : $", {unit}";
        (string Name, Func<JsonObject, string?> Cell)[] columns =
        [
            ("work", r => Figures.Text(r, "work")),
            ($"{(peer == "oneThread" ? "all cores" : peer == "withScope" ? "undisposed" : "Fovea")}{measured}", r => Figures.Spread(r, "fovea")),
            ($"{other}{measured}", r => peer is null ? null : Figures.Spread(r, peer)),
            ("ratio", r => Figures.Spread(r, "ratio")),
            ("peak memory, MB", r => Megabytes(r, "fovea") is { } own ? peer is null ? own : $"{own} / {Megabytes(r, peer)}" : null),
            .. _more,
            ("target", r => string.Join("<br>", Target.Of(bench, r).Select(t => $"{t.Text}: {(t.IsMet ? "met" : "**not met**")}")) is { Length: > 0 } text ? text : null),
        ];
        var shown = columns.Where(c => results.Any(r => c.Cell(r) is not null)).ToList();
        page.Append(CultureInfo.InvariantCulture, $"\n| {string.Join(" | ", shown.Select(c => c.Name))} |\n|{string.Join('|', shown.Select((_, i) => i == 0 ? "---" : "--:"))}|\n");
        foreach (var result in results)
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", shown.Select(c => c.Cell(result) ?? ""))} |\n");
    }

    private static string? PeerOf(JsonObject result) => _peers.FirstOrDefault(p => result[p.Field] is not null).Field;

    /// <summary>Where lines have peers of their own, they say what was fastest.</summary>
    private static string Peers(JsonObject bench, JsonArray results)
    {
        var own = results.OfType<JsonObject>().Select(r => Figures.Text(r, "peer")).OfType<string>().Distinct().ToList();
        return own.Count > 0 ? $" Peers: {string.Join("; ", own)}." : Figures.Text(bench, "peer") is { } peer ? $" Peer: {peer}." : "";
    }

    private static string? Number(JsonObject result, string path) => Figures.Number(result, path) is { } value ? Figures.Digits(value) : null;

    private static string? Megabytes(JsonObject result, string side) => Figures.Number(result, $"peakBytes.{side}") is { } bytes ? (bytes / 1e6).ToString("#,0", CultureInfo.InvariantCulture) : null;
}
