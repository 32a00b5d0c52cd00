using Fovea.Classification.Evaluation;
using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Classification.Reporting;

/// <summary>What there is to say of a classifier.</summary>
internal static class CnnReport
{
    /// <summary>Pairs of classes in the table of confusions.</summary>
    private const int MostPairs = 20;

    /// <param name="model">Of which.</param>
    /// <param name="predictions">Rows with labels and what the model says; null for none.</param>
    /// <param name="options">How many pictures, how large.</param>
    /// <param name="evaluation">How it is measured; its columns and the number of mistakes are overruled. Null for the usual way.</param>
    public static ReportContent Of(CnnTransformer model, IDataView? predictions, ReportOptions options, ClassificationEvaluation? evaluation = null)
    {
        var name = model.Options.Network is null ? model.Options.Architecture.ToString() : "own network";
        var content = new ReportContent
        {
            Task = CnnTransformer.Kind,
            Name = $"Classification: {name}",
            Model = name,
            Options = model.Options,
            History = model.History,
            Networks = [(name, model.Summary)],
            Facts = [new("classes", "Classes", ReportValue.Count(model.ClassNames.Count)), new("normalization", "Normalization", $"{model.Normalization}")],
        };
        if (predictions is null)
            return content;
        var metrics = ClassificationPass.Run(predictions, (evaluation ?? new ClassificationEvaluation()) with
        {
            LabelColumn = model.Options.LabelColumn,
            PredictedLabelColumn = model.Options.PredictedLabelColumn,
            ScoreColumn = model.Options.ScoreColumn,
            Mistakes = options.Pictures,
        });
        var pictures = RowPictures.Read(predictions, ImageColumn.Find(predictions.Schema, model.Options.ImageColumn), metrics.Mistakes.Select(m => m.Row), options.PictureSize);
        return content with { Headline = Headline(metrics), Sections = Sections(metrics, pictures) };
    }

    /// <summary>What the metrics say.</summary>
    /// <param name="metrics">Of the model.</param>
    /// <param name="pictures">Of the rows of its mistakes.</param>
    internal static IReadOnlyList<ReportSection> Sections(ClassificationMetrics metrics, IReadOnlyDictionary<long, RowPicture> pictures) => [Classes(metrics), Curves(metrics), Mistakes(metrics, pictures)];

    private static IReadOnlyList<ReportFact> Headline(ClassificationMetrics metrics) =>
    [
        new("accuracy", "Accuracy", ReportValue.Percent(metrics.Accuracy)),
        .. metrics.ClassNames.Count > metrics.Top ? [new ReportFact("topAccuracy", $"Among the top {metrics.Top}", ReportValue.Percent(metrics.TopAccuracy))] : Array.Empty<ReportFact>(),
        new("macroF1", "Mean F1 of the classes", ReportValue.Score(metrics.MacroF1)),
        new("logLoss", "Log-loss, nats", ReportValue.Score(metrics.LogLoss)),
        new("expectedCalibrationError", "Calibration error", ReportValue.Score(metrics.ExpectedCalibrationError)),
        new("images", "Images evaluated", ReportValue.Count(metrics.Rows)),
    ];

    private static ReportSection Classes(ClassificationMetrics metrics)
    {
        List<ReportPart> parts =
        [
            ConfusionFigure.Of(metrics.Counts, metrics.ClassNames),
            new TablePart("perClass", "Each class",
                [
                    new("class", "class"), new("images", "images"), new("precision", "precision") { HasBar = true }, new("recall", "recall") { HasBar = true },
                    new("f1", "F1") { HasBar = true }, new("averagePrecision", "average precision") { HasBar = true }, new("rocArea", "ROC area") { HasBar = true },
                ],
                [
                    .. metrics.Classes.Select(c => (IReadOnlyList<ReportValue>)
                    [
                        ReportValue.Words(c.Name), ReportValue.Count(c.Support), ReportValue.Score(c.Precision), ReportValue.Score(c.Recall), ReportValue.Score(c.F1),
                        ReportValue.Score(c.AveragePrecision), ReportValue.Score(c.Roc.Area),
                    ]),
                ]),
            new FactsPart("means",
            [
                new("macroPrecision", "Mean precision", ReportValue.Score(metrics.MacroPrecision)),
                new("macroRecall", "Mean recall", ReportValue.Score(metrics.MacroRecall)),
                new("macroAveragePrecision", "Mean average precision", ReportValue.Score(metrics.MacroAveragePrecision)),
                new("macroRocArea", "Mean ROC area", ReportValue.Score(metrics.MacroArea)),
                new("brierScore", "Brier score", ReportValue.Score(metrics.BrierScore)),
                new("maximumCalibrationError", "Largest calibration error", ReportValue.Score(metrics.MaximumCalibrationError)),
            ]),
        ];
        if (metrics.AbsentClasses.Count > 0)
            parts.Add(new NotePart("absentClasses", $"No image is of {string.Join(", ", metrics.AbsentClasses)}; left out of the means."));
        return new("classes", "Classes", parts);
    }

    private static ReportSection Curves(ClassificationMetrics metrics)
    {
        var (roc, precisionRecall) = (ClassificationCharts.Roc(metrics), ClassificationCharts.PrecisionRecall(metrics));
        return new("scores", "Scores",
        [
            new FigurePart("roc", roc) { Numbers = () => ReportNumbers.Curves(roc, "area", "falsePositiveRate", "truePositiveRate") },
            new FigurePart("precisionRecall", precisionRecall) { Numbers = () => ReportNumbers.Curves(precisionRecall, "averagePrecision", "recall", "precision") },
            new FigurePart("reliability", ClassificationCharts.Reliability(metrics)),
            new TablePart("reliabilityRanges", "Confidence and accuracy in numbers", [new("from", "confidence from"), new("to", "to"), new("count", "images"), new("confidence", "mean confidence"), new("accuracy", "accuracy") { HasBar = true }],
                [.. metrics.Reliability.Select(b => (IReadOnlyList<ReportValue>)[ReportValue.Measured(b.From), ReportValue.Measured(b.To), ReportValue.Count(b.Count), ReportValue.Score(b.Confidence), ReportValue.Score(b.Accuracy)])]) { IsFolded = true },
        ]);
    }

    private static ReportSection Mistakes(ClassificationMetrics metrics, IReadOnlyDictionary<long, RowPicture> pictures)
    {
        var pairs = metrics.MostConfused(MostPairs);
        if (pairs.Count == 0)
            return new("mistakes", "Mistakes", [new NotePart("none", "No image was taken for another class.")]);
        var names = metrics.ClassNames;
        return new("mistakes", "Mistakes",
        [
            new TablePart("confusedPairs", "The most confused pairs", [new("true", "true"), new("predicted", "taken for"), new("count", "images"), new("share", "of the true class") { HasBar = true }],
                [.. pairs.Select(p => (IReadOnlyList<ReportValue>)[ReportValue.Words(names[p.TrueClass]), ReportValue.Words(names[p.PredictedClass]), ReportValue.Count(p.Count), ReportValue.Percent(p.Share)])]),
            new PicturesPart("confidentMistakes", "The most confident mistakes",
                [
                    .. metrics.Mistakes.Select(m => new PictureGroup(pictures[m.Row].Name, [new("", $"{pictures[m.Row].Name}: {names[m.TrueClass]}, taken for {names[m.PredictedClass]}", pictures[m.Row].Canvas)])
                    {
                        Facts =
                        [
                            new("true", "is", names[m.TrueClass]), new("predicted", "taken for", names[m.PredictedClass]),
                            new("confidence", "at", ReportValue.Percent(m.Confidence)), new("trueScore", "its class at", ReportValue.Percent(m.TrueScore)),
                        ],
                    }),
                ]) { Note = "Where the model was surest and wrong. A wrong label shows here too." },
        ]);
    }
}
