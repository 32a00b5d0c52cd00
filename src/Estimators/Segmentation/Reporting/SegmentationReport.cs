using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Segmentation.Reporting;

/// <summary>What there is to say of a segmenter.</summary>
internal static class SegmentationReport
{
    private const double MaskOpacity = 0.7;

    /// <param name="model">Of which.</param>
    /// <param name="predictions">Rows with images, masks and what the model says; null for none.</param>
    /// <param name="options">How many pictures, how large.</param>
    /// <param name="evaluation">How it is measured; null for the model's columns and the usual figures.</param>
    public static ReportContent Of(SegmentationTransformer model, IDataView? predictions, ReportOptions options, SegmentationEvaluation? evaluation = null)
    {
        var name = model.Options.Architecture.ToString();
        var content = new ReportContent
        {
            Task = SegmentationTransformer.Kind,
            Name = $"Segmentation: {name}",
            Model = name,
            Options = model.Options,
            History = model.History,
            Counted = "pixels",
            Networks = [(name, model.Summary)],
            Facts = [new("classes", "Classes", ReportValue.Count(model.ClassNames.Count)), new("normalization", "Normalization", $"{model.Normalization}")],
        };
        if (predictions is null)
            return content;
        var review = SegmentationReview.Of(predictions, new()
        {
            // A review keeps at least one; the report may want none.
            Images = Math.Max(1, options.Pictures),
            TileSize = Math.Max(64, options.PictureSize),
            MaskOpacity = MaskOpacity,
            ImageColumn = model.Options.ImageColumn,
            Evaluation = evaluation ?? new() { MaskColumn = model.Options.MaskColumn, PredictedMaskColumn = model.Options.PredictedMaskColumn },
        });
        return content with { Headline = Headline(review), Sections = [Classes(review.Metrics), Images(review, options)] };
    }

    private static IReadOnlyList<ReportFact> Headline(SegmentationReview review)
    {
        var metrics = review.Metrics;
        return
        [
            new("meanIoU", "Mean IoU", ReportValue.Score(metrics.MeanIoU)),
            new("meanDice", "Mean Dice", ReportValue.Score(metrics.MeanDice)),
            new("pixelAccuracy", "Pixel accuracy", ReportValue.Percent(metrics.PixelAccuracy)),
            .. metrics.RandFScore is { } rand ? [new ReportFact("randFScore", "Rand F-score", ReportValue.Score(rand))] : Array.Empty<ReportFact>(),
            new("images", "Images evaluated", ReportValue.Count(review.ImageScores.Count)),
            new("pixels", "Pixels that count", ReportValue.Count(metrics.Pixels)),
        ];
    }

    private static ReportSection Classes(SegmentationMetrics metrics)
    {
        var classes = Enumerable.Range(0, metrics.ClassNames.Count).ToList();
        var truth = classes.Select(k => classes.Sum(p => metrics.Counts[k, p])).ToList();
        List<ReportPart> parts =
        [
            new TablePart("perClass", "Each class",
                [
                    new("class", "class"), new("share", "share of the truth") { HasBar = true }, new("iou", "IoU") { HasBar = true }, new("dice", "Dice") { HasBar = true },
                    new("precision", "precision") { HasBar = true }, new("recall", "recall") { HasBar = true }, new("specificity", "specificity") { HasBar = true },
                ],
                [
                    .. classes.Select(k => (IReadOnlyList<ReportValue>)
                    [
                        ReportValue.Words(metrics.ClassNames[k]), ReportValue.Percent(metrics.Pixels == 0 ? double.NaN : (double)truth[k] / metrics.Pixels), ReportValue.Score(metrics.IoU[k]), ReportValue.Score(metrics.Dice[k]),
                        ReportValue.Score(metrics.Precision[k]), ReportValue.Score(metrics.Recall[k]), ReportValue.Score(metrics.Specificity[k]),
                    ]),
                ]),
        ];
        if (metrics.AbsentClasses.Count > 0)
            parts.Add(new NotePart("absentClasses", $"No pixel of the truth is of {string.Join(", ", metrics.AbsentClasses)}; left out of the means."));
        parts.Add(ConfusionFigure.Of(metrics.Counts, metrics.ClassNames));
        return new("classes", "Classes", parts);
    }

    private static ReportSection Images(SegmentationReview review, ReportOptions options)
    {
        List<ReportPart> parts =
        [
            new FigurePart("imageScores", new HistogramChart { Title = "Mean IoU of each image", XLabel = "mean IoU of an image", Values = review.ImageScores }) { Numbers = () => ReportNumbers.List(review.ImageScores) },
        ];
        if (options.Pictures > 0)
            parts.Add(new PicturesPart("worstImages", "The worst images", [.. review.Images.Select(i => Group(review, i, options.PictureSize))])
            {
                Note = "Image, truth, prediction and where the two differ; the lowest mean IoU first.",
                Legend = review.Legend(),
            });
        return new("images", "Images", parts);
    }

    private static PictureGroup Group(SegmentationReview review, ReviewedImage image, int side)
    {
        var (name, metrics) = (image.Name, image.Metrics);
        return new(name,
        [
            new("image", $"{name}: the image", Paint(new SheetTile { Picture = image.Picture })),
            new("truth", $"{name}: the true mask over the image", Paint(new SheetTile { Picture = image.Picture, Mask = review.Mask(image, image.Truth) })),
            new("prediction", $"{name}: the predicted mask over the image", Paint(new SheetTile { Picture = image.Picture, Mask = review.Mask(image, image.Predicted) })),
            new("errors", $"{name}: pixels of another class than the truth's", Paint(new SheetTile { Picture = ErrorPicture.Of(image.Picture, image.Truth, image.Predicted) })),
        ])
        {
            Facts = [new("meanIoU", "mean IoU", ReportValue.Score(metrics.MeanIoU)), new("pixelAccuracy", "pixel accuracy", ReportValue.Percent(metrics.PixelAccuracy))],
        };

        Canvas Paint(SheetTile tile) => TilePainter.Paint(tile, side);
    }
}
