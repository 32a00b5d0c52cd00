using Fovea.Detection.Drawing;
using Fovea.Detection.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Detection.Reporting;

/// <summary>What there is to say of a detector.</summary>
internal static class DetectionReport
{
    /// <param name="model">Of which.</param>
    /// <param name="predictions">Rows with images, boxes and what the model found; null for none.</param>
    /// <param name="options">How many pictures, how large.</param>
    /// <param name="evaluation">From which IoU and score; null for the model's columns and the usual ones.</param>
    public static ReportContent Of(DetectionTransformer model, IDataView? predictions, ReportOptions options, DetectionEvaluation? evaluation = null)
    {
        var name = model.Options.Architecture.ToString();
        var content = new ReportContent
        {
            Task = DetectionTransformer.Kind,
            Name = $"Detection: {name}",
            Model = name,
            Options = model.Options,
            History = model.History,
            Counted = "objects",
            Networks = [(name, model.Summary)],
            Facts = [new("classes", "Classes", ReportValue.Count(model.ClassNames.Count)), new("normalization", "Normalization", $"{model.Normalization}")],
        };
        if (predictions is null)
            return content;
        var review = DetectionReview.Of(predictions, new()
        {
            Images = Math.Max(1, options.Pictures),
            TileSize = Math.Max(64, options.PictureSize),
            ImageColumn = model.Options.ImageColumn,
            Evaluation = evaluation ?? new()
            {
                BoundingBoxColumn = model.Options.BoundingBoxColumn,
                LabelColumn = model.Options.LabelColumn,
                PredictedBoundingBoxColumn = model.Options.PredictedBoundingBoxColumn,
                PredictedLabelColumn = model.Options.PredictedLabelColumn,
                ScoreColumn = model.Options.ScoreColumn,
            },
        });
        return content with { Headline = Headline(review.Metrics), Sections = [Precision(review.Metrics), Classes(review.Metrics), Images(review, options)] };
    }

    private static IReadOnlyList<ReportFact> Headline(DetectionMetrics metrics) =>
    [
        new("ap", "AP (COCO)", ReportValue.Score(metrics.AP)),
        new("ap50", "AP at IoU 0.50", ReportValue.Score(metrics.AP50)),
        new("ap75", "AP at IoU 0.75", ReportValue.Score(metrics.AP75)),
        new("f1AtScore", FormattableString.Invariant($"F1 at score {metrics.Score}"), ReportValue.Score(metrics.F1AtScore)),
        new("images", "Images evaluated", ReportValue.Count(metrics.Images)),
        new("objects", "Objects", ReportValue.Count(metrics.Classes.Sum(c => (long)c.CountedObjects))),
    ];

    private static ReportSection Precision(DetectionMetrics metrics)
    {
        var curves = DetectionCharts.PrecisionRecall(metrics);
        return new("precision", "Average precision",
        [
            new FactsPart("coco",
            [
                new("ap", "AP, IoU 0.50 to 0.95", ReportValue.Score(metrics.AP)), new("ap50", "AP, IoU 0.50", ReportValue.Score(metrics.AP50)), new("ap75", "AP, IoU 0.75", ReportValue.Score(metrics.AP75)),
                new("apSmall", "AP, small objects", ReportValue.Score(metrics.APSmall)), new("apMedium", "AP, medium objects", ReportValue.Score(metrics.APMedium)), new("apLarge", "AP, large objects", ReportValue.Score(metrics.APLarge)),
                new("ar1", "AR, 1 prediction", ReportValue.Score(metrics.AR1)), new("ar10", "AR, 10 predictions", ReportValue.Score(metrics.AR10)), new("ar100", "AR, 100 predictions", ReportValue.Score(metrics.AR100)),
                new("arSmall", "AR, small objects", ReportValue.Score(metrics.ARSmall)), new("arMedium", "AR, medium objects", ReportValue.Score(metrics.ARMedium)), new("arLarge", "AR, large objects", ReportValue.Score(metrics.ARLarge)),
            ]),
            new FactsPart("voc",
            [
                new("vocAP", FormattableString.Invariant($"VOC AP, IoU {metrics.IoU}"), ReportValue.Score(metrics.VocAP)), new("voc11PointAP", "VOC AP, 11 points", ReportValue.Score(metrics.Voc11PointAP)),
                new("precisionAtScore", FormattableString.Invariant($"Precision at score {metrics.Score}"), ReportValue.Score(metrics.PrecisionAtScore)),
                new("recallAtScore", FormattableString.Invariant($"Recall at score {metrics.Score}"), ReportValue.Score(metrics.RecallAtScore)),
            ]),
            new FigurePart("precisionRecall", curves) { Numbers = () => ReportNumbers.Curves(curves, "vocAP", "recall", "precision") },
        ]);
    }

    private static ReportSection Classes(DetectionMetrics metrics) => new("classes", "Classes",
    [
        new TablePart("perClass", "Each class",
            [
                new("class", "class"), new("objects", "objects"), new("predictions", "predictions"), new("ap", "AP") { HasBar = true }, new("ap50", "AP50") { HasBar = true }, new("ap75", "AP75") { HasBar = true },
                new("truePositives", "found"), new("falsePositives", "wrong"), new("precision", "precision") { HasBar = true }, new("recall", "recall") { HasBar = true }, new("f1", "F1") { HasBar = true },
            ],
            [
                .. metrics.Classes.Select(c => (IReadOnlyList<ReportValue>)
                [
                    ReportValue.Words(c.Name), ReportValue.Count(c.CountedObjects), ReportValue.Count(c.Predictions), ReportValue.Score(c.AP), ReportValue.Score(c.AP50), ReportValue.Score(c.AP75),
                    ReportValue.Count(c.TruePositives), ReportValue.Count(c.FalsePositives), ReportValue.Score(c.Precision), ReportValue.Score(c.Recall), ReportValue.Score(c.F1),
                ]),
            ]),
        ConfusionFigure.Of(metrics.Counts, [.. metrics.ClassNames, "(background)"]),
        new NotePart("background", FormattableString.Invariant($"At IoU {metrics.IoU} and score {metrics.Score}. The row of the background are predictions where nothing is, its column objects that were missed.")),
    ]);

    private static ReportSection Images(DetectionReview review, ReportOptions options)
    {
        var scores = review.Images.Select(i => i.F1).ToList();
        List<ReportPart> parts =
        [
            new FigurePart("imageScores", new HistogramChart { Title = "F1 of each image", XLabel = "F1 of an image", Values = scores }) { Numbers = () => ReportNumbers.List(scores) },
        ];
        if (options.Pictures > 0)
            parts.Add(new PicturesPart("worstImages", "The worst images", [.. review.Worst.Select(i => Group(i, options.PictureSize))])
            {
                Note = "Truth and prediction; the lowest F1 first.",
                Legend = DetectionReview.Legend,
            });
        return new("images", "Images", parts);
    }

    private static PictureGroup Group(DrawnImage image, int side) => new(image.Name,
    [
        new("truth", $"{image.Name} with its objects", TilePainter.Paint(image.Truth, side)),
        new("prediction", $"{image.Name} with what was predicted", TilePainter.Paint(image.Prediction, side)),
    ])
    {
        Facts =
        [
            new("f1", "F1", ReportValue.Score(image.Judged.F1)), new("found", "found", ReportValue.Count(image.Judged.Right)),
            new("missed", "missed", ReportValue.Count(image.Judged.Missed)), new("wrong", "wrong", ReportValue.Count(image.Judged.Wrong)),
        ],
    };
}
