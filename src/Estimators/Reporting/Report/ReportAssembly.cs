namespace Fovea.Reporting;

/// <summary>Puts what a room says and what is the same for all rooms together.</summary>
internal static class ReportAssembly
{
    public static ReportPage Of(ReportContent content, ReportOptions options) => new()
    {
        Title = options.Title ?? content.Name,
        Subtitle = RunSection.Summary(content),
        Task = content.Task,
        Headline = content.Headline.Count > 0 ? content.Headline : Learned(content.History),
        Sections = [.. content.Sections, CurvesSection.Of(content.History), RunSection.Of(content, options), NetworkSection.Of(content.Networks)],
        Created = DateTimeOffset.Now,
    };

    /// <summary>What the model's own epoch measured, where there is no evaluation to begin with.</summary>
    private static List<ReportFact> Learned(TrainingHistory history)
    {
        if (history.BestEpoch == 0)
            return [];
        var best = history.Epochs[history.BestEpoch - 1];
        var (measures, of) = best.Validation is { } validation ? (validation, "validation") : (best.Training, "training");
        return [.. measures.Take(5).Select(m => new ReportFact($"{of}.{m.Key}", $"{ConsoleProgress.Words(m.Key)} ({of})", ReportValue.Measured(m.Value)))];
    }
}
