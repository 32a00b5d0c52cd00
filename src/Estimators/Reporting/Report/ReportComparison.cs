namespace Fovea.Reporting;

/// <summary>Several runs side by side.</summary>
internal static class ReportComparison
{
    public static ReportPage Of(IReadOnlyList<ReportContent> contents, ReportOptions options)
    {
        var names = Names(contents);
        return new ReportPage
        {
            Title = options.Title ?? $"{contents.Count} models compared",
            Subtitle = options.DataSet ?? string.Join(", ", contents.Select(c => c.Task).Distinct()),
            Task = "comparison",
            Sections =
            [
                new("models", "Models", [Models(contents, names), Options(contents, names)]),
                new("curves", "Training", [.. Curves(contents, names)]),
            ],
            Created = DateTimeOffset.Now,
        };
    }

    /// <summary>Each its own, however many have the same title.</summary>
    private static List<string> Names(IReadOnlyList<ReportContent> contents)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. contents.Select(c => (taken[c.Name] = taken.GetValueOrDefault(c.Name) + 1) is > 1 and var number ? $"{c.Name} ({number})" : c.Name)];
    }

    private static TablePart Models(IReadOnlyList<ReportContent> contents, List<string> names)
    {
        // Facts that one of them has, the others may lack.
        var facts = contents.SelectMany(c => c.Headline).DistinctBy(f => f.Key).ToList();
        return new("models", "The models",
            [new("model", "model"), .. facts.Select(f => new TableColumn(f.Key, f.Label)), new("parameters", "parameters"), new("macs", "MACs an image"), new("epochs", "epochs"), new("bestEpoch", "best epoch"), new("seconds", "duration"), new("imagesPerSecond", "images/s"), new("device", "device"), new("precision", "precision"), new("seed", "seed")],
            [
                .. contents.Select((c, i) => (IReadOnlyList<ReportValue>)
                [
                    ReportValue.Words(names[i]),
                    .. facts.Select(f => c.Headline.FirstOrDefault(h => h.Key == f.Key)?.Value ?? ReportValue.None),
                    ReportValue.Count(c.Networks.Sum(n => n.Summary.Parameters)), ReportValue.Count(c.Networks.Sum(n => n.Summary.Macs)),
                    ReportValue.Count(c.History.Epochs.Count), c.History.BestEpoch > 0 ? ReportValue.Count(c.History.BestEpoch) : ReportValue.None,
                    RunSection.Duration(c.History), RunSection.Speed(c.History),
                    ReportValue.Words(c.History.Device), ReportValue.Words(c.History.Precision.ToString().ToLowerInvariant()), ReportValue.Count(c.Options.Seed),
                ]),
            ]);
    }

    /// <summary>The options that one of them has not at its default.</summary>
    private static TablePart Options(IReadOnlyList<ReportContent> contents, List<string> names)
    {
        var differences = contents.Select(c => OptionDifferences.Of(c.Options).ToDictionary(d => d.Name)).ToList();
        var options = differences.SelectMany(d => d.Values).DistinctBy(d => d.Name).ToList();
        return new("options", "Options that differ from their defaults", [new("option", "option"), .. names.Select((n, i) => new TableColumn($"model{i + 1}", n))],
            [.. options.Select(o => (IReadOnlyList<ReportValue>)[ReportValue.Words(o.Name), .. differences.Select(d => ReportValue.Words(d.TryGetValue(o.Name, out var own) ? own.Value : o.Default))])]);
    }

    private static IEnumerable<ReportPart> Curves(IReadOnlyList<ReportContent> contents, List<string> names)
    {
        var runs = names.Zip(contents, (n, c) => (n, c.History)).ToList();
        var charts = TrainingCurves.Of(runs);
        return charts.Count == 0 ? [new NotePart("none", "No epoch was completed, so there are no curves.")] : charts.Select((c, i) => new FigurePart($"curve{i + 1}", c));
    }
}
