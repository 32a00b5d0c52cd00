using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Generation.Reporting;

/// <summary>What there is to say of a GAN.</summary>
internal static class GanReport
{
    private const int SampleColumns = 10, InterpolationRows = 6;

    /// <param name="model">Of which.</param>
    /// <param name="predictions">Rows with real images and what the discriminator says of them; null for none.</param>
    /// <param name="options">Whether there are pictures.</param>
    /// <param name="metrics">What was measured of generated images; null for nothing.</param>
    public static ReportContent Of(GanTransformer model, IDataView? predictions, ReportOptions options, GenerationMetrics? metrics = null)
    {
        var name = model.Options.Architecture.ToString();
        List<ReportSection> sections = [];
        if (options.Pictures > 0)
            sections.Add(Samples(model));
        if (metrics is not null)
            sections.Add(Measures(metrics));
        sections.Add(Balance(model.History, predictions is null ? [] : Scores(predictions, model.Options)));
        return new ReportContent
        {
            Task = GanTransformer.Kind,
            Name = $"GAN: {name}",
            Model = name,
            Options = model.Options,
            History = model.History,
            Networks = [("generator", model.Summary), ("discriminator", model.DiscriminatorSummary)],
            Facts =
            [
                new("latentSize", "Numbers of a latent vector", ReportValue.Count(model.Options.LatentSize)),
                .. model.ClassNames.Count > 0 ? [new ReportFact("classes", "Classes", ReportValue.Count(model.ClassNames.Count))] : Array.Empty<ReportFact>(),
            ],
            Headline = metrics is null ? [] : Headline(metrics),
            Sections = sections,
        };
    }

    private static IReadOnlyList<ReportFact> Headline(GenerationMetrics metrics) =>
    [
        new("frechetDistance", "Fréchet distance", ReportValue.Measured(metrics.FrechetDistance)),
        new("precision", "Precision", ReportValue.Score(metrics.Precision)),
        new("recall", "Recall", ReportValue.Score(metrics.Recall)),
        new("classEntropy", "Entropy of classes, nats", ReportValue.Score(metrics.ClassEntropy)),
        new("images", "Images generated", ReportValue.Count(metrics.GeneratedImages)),
    ];

    private static ReportSection Samples(GanTransformer model)
    {
        var columns = model.ClassNames.Count is > 1 and <= 20 ? model.ClassNames.Count : SampleColumns;
        var classes = model.ClassNames.Count == columns ? $"; each column a class: {string.Join(", ", model.ClassNames)}" : "";
        return new("samples", "Generated images",
        [
            Sheet("samples", "Samples", $"Of latent vectors drawn with the seed {model.Options.Seed}, unselected{classes}.", model.Samples(SampleColumns, columns, model.Options.Seed)),
            Sheet("interpolations", "Interpolations", "Each row goes from one latent vector to another.", model.Interpolations(InterpolationRows, SampleColumns, model.Options.Seed)),
        ]);

        static PicturesPart Sheet(string key, string title, string note, PictureGrid grid) =>
            new(key, title, [new("", [new("", $"{title}: a grid of generated images", grid.Paint()) { IsSheet = true }])]) { Note = note };
    }

    private static ReportSection Measures(GenerationMetrics metrics) => new("quality", "Generated against real images",
    [
        new FactsPart("metrics",
        [
            new("frechetDistance", "Fréchet distance", ReportValue.Measured(metrics.FrechetDistance)), new("frechetFloor", "Fréchet distance of real halves", ReportValue.Measured(metrics.FrechetFloor)),
            new("kernelDistance", "Kernel distance", ReportValue.Measured(metrics.KernelDistance)), new("kernelFloor", "Kernel distance of real halves", ReportValue.Measured(metrics.KernelFloor)),
            new("precision", "Precision", ReportValue.Score(metrics.Precision)), new("recall", "Recall", ReportValue.Score(metrics.Recall)),
            new("generatedImages", "Generated images", ReportValue.Count(metrics.GeneratedImages)), new("realImages", "Real images", ReportValue.Count(metrics.RealImages)),
            new("features", "Features of an image", ReportValue.Count(metrics.Features)), new("classEntropy", "Entropy of classes, nats", ReportValue.Score(metrics.ClassEntropy)),
        ]),
        new FigurePart("classCounts", new BarChart { Title = "Classes of the generated images", XLabel = "class", YLabel = "images", Bars = [.. metrics.ClassNames.Zip(metrics.ClassCounts, (n, c) => (n, (double)c))] })
        {
            IsWide = metrics.ClassNames.Count > BarChart.MostInHalf,
            Numbers = () => ReportNumbers.ByName(metrics.ClassNames.Zip(metrics.ClassCounts, (n, c) => (n, (double)c))),
        },
        new NotePart("features", "Distances are of the features of a classifier of the user's own: they compare with those of the same classifier only."),
    ]);

    /// <summary>Whether the two kept each other in check.</summary>
    private static ReportSection Balance(TrainingHistory history, IReadOnlyList<double> scores)
    {
        List<ReportPart> parts = [];
        if (history.Epochs.Count > 0)
        {
            parts.Add(new FigurePart("losses", Together("Losses of the two", "loss", history, ("discriminator", Measure.DiscriminatorLoss), ("generator", Measure.GeneratorLoss))));
            parts.Add(new FigurePart("verdicts", Together("What the discriminator says", "mean score", history, ("real images, D(x)", Measure.RealScore), ("generated images, D(G(z))", Measure.FakeScore))));
        }
        if (scores.Count > 0)
            parts.Add(new FigurePart("realScores", new HistogramChart { Title = "What the discriminator says of other real images", XLabel = "score", Values = scores }) { Numbers = () => ReportNumbers.List(scores) });
        return new("balance", "Balance", parts);
    }

    private static LineChart Together(string title, string unit, TrainingHistory history, params (string Name, string Measure)[] lines) => new()
    {
        Title = title,
        XLabel = "epoch",
        YLabel = unit,
        IsXWhole = true,
        Series = [.. lines.Select(l => new LineSeries(l.Name, [.. history.Epochs.Select(e => ((double)e.Epoch, e.Training.TryGetValue(l.Measure, out var value) ? value : double.NaN))]))],
    };

    private static List<double> Scores(IDataView predictions, GanOptions options)
    {
        if (predictions.Schema.GetColumnOrNull(options.RealismScoreColumn) is not { } column)
            throw new ArgumentException($"There is no column '{options.ImageColumn}' of images to be judged. The columns are {ImageColumn.Names(predictions.Schema)}.");
        using var cursor = predictions.GetRowCursor([column]);
        var getter = cursor.GetGetter<float>(column);
        var (scores, score) = (new List<double>(), 0f);
        while (cursor.MoveNext())
        {
            getter(ref score);
            scores.Add(score);
        }
        return scores;
    }
}
