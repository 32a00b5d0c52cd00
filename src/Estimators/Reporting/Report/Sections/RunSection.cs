namespace Fovea.Reporting;

/// <summary>What ran: data, epochs, time, machine, and the options that are not at their defaults.</summary>
internal static class RunSection
{
    public static ReportSection Of(ReportContent content, ReportOptions options)
    {
        var history = content.History;
        List<ReportPart> parts = [new FactsPart("facts", [.. Facts(content, options)])];
        if (history.SkippedWarning is { } warning)
            parts.Add(new NotePart("skippedImages", warning) { IsWarning = true });
        var differences = OptionDifferences.Of(content.Options);
        if (differences.Count == 0)
            parts.Add(new NotePart("options", "All options were at their defaults."));
        else
            parts.Add(new TablePart("options", "Options that differ from their defaults", [new("option", "option"), new("value", "value"), new("default", "default")],
                [.. differences.Select(d => (IReadOnlyList<ReportValue>)[ReportValue.Words(d.Name), ReportValue.Words(d.Value), ReportValue.Words(d.Default)])]));
        if (history.ClassCounts is { Count: > 1 } classes)
            parts.Add(new FigurePart("classBalance", new BarChart { Title = $"Training {content.Counted} of each class", XLabel = "class", YLabel = content.Counted, Bars = [.. classes.Select(c => (c.Key, (double)c.Value))] })
            {
                IsWide = classes.Count > BarChart.MostInHalf,
                Numbers = () => ReportNumbers.ByName(classes.Select(c => (c.Key, (double)c.Value))),
            });
        return new("run", "What ran", parts);
    }

    /// <summary>How the run ended, in a line.</summary>
    public static string Summary(ReportContent content)
    {
        var history = content.History;
        var epochs = history.Epochs.Count == 1 ? "1 epoch" : $"{history.Epochs.Count} epochs";
        return $"{content.Model}, {epochs} on {history.Device} in {history.Precision.ToString().ToLowerInvariant()}, {TrainingCurves.Words(history.End)}";
    }

    /// <summary>Of all epochs.</summary>
    public static ReportValue Duration(TrainingHistory history) => ReportValue.Time(TimeSpan.FromTicks(history.Epochs.Sum(e => e.Duration.Ticks)));

    /// <summary>The median epoch's, so that neither the first nor a disturbed one counts.</summary>
    public static ReportValue Speed(TrainingHistory history)
    {
        var speeds = history.Epochs.Select(e => e.ImagesPerSecond).Where(double.IsFinite).Order().ToList();
        return speeds.Count == 0 ? ReportValue.None : ReportValue.Measured(Math.Round(speeds[speeds.Count / 2], 1), "images/s");
    }

    private static IEnumerable<ReportFact> Facts(ReportContent content, ReportOptions options)
    {
        var history = content.History;
        if (options.DataSet is { } words)
            yield return new("dataSet", "Data", words);
        if (history.TrainingImages > 0)
            yield return new("trainingImages", "Training images", ReportValue.Count(history.TrainingImages));
        if (history.ValidationImages > 0)
            yield return new("validationImages", "Validation images", ReportValue.Count(history.ValidationImages));
        foreach (var fact in content.Facts)
            yield return fact;
        yield return new("epochs", "Epochs", ReportValue.Count(history.Epochs.Count));
        yield return new("epochsWanted", "Epochs asked for", ReportValue.Count(content.Options.Epochs));
        yield return new("bestEpoch", "The model is of epoch", history.BestEpoch > 0 ? ReportValue.Count(history.BestEpoch) : ReportValue.None);
        yield return new("end", "The run", TrainingCurves.Words(history.End));
        yield return new("durationSeconds", "Duration", Duration(history));
        yield return new("imagesPerSecond", "Speed in training (median)", Speed(history));
        yield return new("device", "Device", history.Device);
        yield return new("precision", "Precision", history.Precision.ToString().ToLowerInvariant());
        yield return new("seed", "Seed", new ReportValue(content.Options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), content.Options.Seed));
        foreach (var (component, version) in history.Versions)
            yield return new(component, component switch { "fovea" => "Fovea", "libtorch" => "LibTorch", "dotnet" => ".NET", "os" => "Operating system", _ => component }, version);
    }
}
